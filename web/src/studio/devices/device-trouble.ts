/** Why there is no picture or no sound, as far as browsers tell it apart. */
export type DeviceTrouble =
  /** The person, or the browser's settings, said no to this page. */
  | 'denied'
  /** The question was closed without an answer: it may be asked again. */
  | 'dismissed'
  /** The browser itself may not have the device: the machine's settings say so. */
  | 'system'
  | 'none'
  /** Another program, or another page, has it. */
  | 'busy'
  /** Browsers hand devices to pages over https and on this very machine only. */
  | 'insecure'
  | 'failed'

/** `permission` is what the browser says of the device after the question; undefined when mute. */
export function troubleOf(error: unknown, permission?: PermissionState): DeviceTrouble {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' }
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      if (/system/i.test(message)) return 'system'
      return /dismiss/i.test(message) || permission === 'prompt' ? 'dismissed' : 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'failed'
  }
}
