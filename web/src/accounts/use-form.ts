/** One form's life: checked here, asked there, its errors beside the fields that caused them. */
import { type FormEvent, useRef, useState } from 'react'
import { errorText, fieldErrors } from '../frame/refusal-text.ts'
import type { Wrong } from './credentials.ts'
import { useTranslation } from '../text/use-translation.ts'

export interface FormState {
  wrong: Wrong
  /** What is wrong with the whole of it. */
  failed: string | undefined
  isBusy: boolean
  onSubmit: (event: FormEvent<HTMLFormElement>) => void
  /** A field that is being mended is not wrong any more. */
  mend: (field: keyof Wrong) => void
}

export function useForm(options: {
  check: () => Wrong
  /** Codes that belong to a field rather than to the whole. */
  codes?: Partial<Record<string, keyof Wrong>>
  send: () => Promise<unknown>
}): FormState {
  const { t } = useTranslation()
  const [wrong, setWrong] = useState<Wrong>({})
  const [failed, setFailed] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement | null>(null)

  const show = (next: Wrong) => {
    setWrong(next)
    // After the errors are in the page, the first wrong field takes the focus.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
  }

  const submit = async () => {
    const found = options.check()
    setFailed(undefined)
    show(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      await options.send()
    } catch (error) {
      const fields = { ...fieldErrors(t, error) } as Wrong
      const code = (error as { code?: string }).code ?? ''
      const field = options.codes?.[code]
      if (field) fields[field] = errorText(t, error)
      if (Object.keys(fields).length > 0) show(fields)
      else setFailed(errorText(t, error))
    } finally {
      setBusy(false)
    }
  }

  return {
    wrong,
    failed,
    isBusy,
    onSubmit: (event) => {
      event.preventDefault()
      form.current = event.currentTarget
      if (!isBusy) void submit()
    },
    mend: (field) => setWrong(({ [field]: _, ...rest }) => rest),
  }
}
