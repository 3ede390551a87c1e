/** A person or channel without a picture: initials in a disc of their own light. */
import { gelOf } from './gel.ts'
import { initialsOf } from './initials.ts'

export function Avatar({ id, name, size = 40 }: { id: string; name: string; size?: number }) {
  const style = { '--gel': gelOf(id), width: size, height: size, fontSize: size * 0.4 }
  return <span className="avatar" style={style} data-initials={initialsOf(name)} />
}
