/** Where else a channel is: up to eight links, each a name and an address. */
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from '../../text/use-translation.ts'

interface Link {
  label: string
  url: string
}

const linksMax = 8

export function LinkFields(props: { links: Link[]; onChange: (links: Link[]) => void }) {
  const { links, onChange } = props
  const { t } = useTranslation()
  const put = (index: number, link: Link) => onChange(links.with(index, link))
  return (
    <fieldset className="owner-rows">
      <legend className="field-label">{t('owner.links')}</legend>
      {links.map((link, index) => (
        <div key={`${index + 0}`} className="owner-row">
          <input
            className="field-box field-input"
            aria-label={t('owner.linkLabel')}
            placeholder={t('owner.linkLabel')}
            maxLength={40}
            value={link.label}
            onChange={(event) => put(index, { ...link, label: event.target.value })}
          />
          <input
            className="field-box field-input"
            type="url"
            aria-label={t('owner.linkUrl')}
            placeholder="https://"
            maxLength={500}
            value={link.url}
            onChange={(event) => put(index, { ...link, url: event.target.value })}
          />
          <button
            type="button"
            className="button button-quiet button-icon"
            aria-label={t('owner.remove', { name: link.label || link.url })}
            onClick={() => onChange(links.toSpliced(index, 1))}
          >
            <Trash2 size={18} aria-hidden="true" />
          </button>
        </div>
      ))}
      {links.length < linksMax ? (
        <button
          type="button"
          className="button button-plain owner-add"
          onClick={() => onChange([...links, { label: '', url: '' }])}
        >
          <Plus size={18} aria-hidden="true" />
          {t('owner.addLink')}
        </button>
      ) : null}
    </fieldset>
  )
}
