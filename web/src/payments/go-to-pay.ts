/** Leaves for where one pays: by an address, or by posting the form that is asked for there. */
import type { CheckoutBegun } from '@odeon/sdk'

export function goToPay({ url, fields }: NonNullable<CheckoutBegun['way']>): void {
  if (fields === null) {
    location.assign(url)
    return
  }
  const form = document.createElement('form')
  form.method = 'post'
  form.action = url
  form.hidden = true
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  form.submit()
}
