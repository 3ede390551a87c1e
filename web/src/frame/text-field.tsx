/** A labelled field with its hint and its own error, tied together for every reader. */
import { TriangleAlert } from 'lucide-react'
import { type InputHTMLAttributes, type ReactNode, useId } from 'react'

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string
  hint?: ReactNode
  wrong?: string
  aside?: ReactNode
}

export function TextField({ label, hint, wrong, aside, ...input }: TextFieldProps) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="field-box" data-wrong={wrong ? true : undefined}>
        <input
          {...input}
          id={id}
          className="field-input"
          aria-invalid={wrong ? true : undefined}
          aria-describedby={described || undefined}
        />
        {aside}
      </div>
      {hint ? (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {wrong ? <FieldWrong id={`${id}-wrong`} text={wrong} /> : null}
    </div>
  )
}

export function FieldWrong({ id, text }: { id: string; text: string }) {
  return (
    <p className="field-wrong" id={id} role="alert">
      <TriangleAlert size={16} aria-hidden="true" />
      {text}
    </p>
  )
}
