/** A count that rolls to its new value, digit by digit; screen readers get the plain number. */
import { useTranslation } from '../text/use-translation.ts'

export function RollingNumber({ value }: { value: number }) {
  const { i18n } = useTranslation()
  const text = new Intl.NumberFormat(i18n.language === 'ne' ? 'en' : i18n.language).format(value)
  const characters = [...text]
  return (
    <span className="rolling figures">
      <span className="unseen">{text}</span>
      <span aria-hidden="true" className="rolling-digits">
        {characters.map((character, index) => {
          // Counted from the right, so that the ones stay the ones when a digit is added.
          const place = characters.length - index
          const digit = character >= '0' && character <= '9' ? Number(character) : null
          if (digit === null) return <span key={`c${place}`}>{character}</span>
          return (
            <span key={`d${place}`} className="rolling-digit">
              <span className="rolling-strip" style={{ transform: `translateY(${-digit * 10}%)` }}>
                0<br />1<br />2<br />3<br />4<br />5<br />6<br />7<br />8<br />9
              </span>
            </span>
          )
        })}
      </span>
    </span>
  )
}
