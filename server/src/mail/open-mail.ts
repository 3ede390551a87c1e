/** The carrier the settings name, or the mail folder. */
import { mailFolder } from '../platform/data-folder.ts'
import { folderMailer } from './folder-mailer.ts'
import type { Mailer } from './mailer.ts'
import { resendMailer } from './resend-mailer.ts'

export interface MailSettings {
  dataDir: string
  resend: { apiKey: string; from: string; url: string | undefined } | undefined
}

export function openMail({ dataDir, resend }: MailSettings): Mailer {
  if (resend === undefined) return folderMailer(mailFolder(dataDir))
  const { url, ...rest } = resend
  return resendMailer({ ...rest, ...(url !== undefined && { url }) })
}
