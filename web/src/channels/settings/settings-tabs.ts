/** The tabs of a channel's settings, as they stand in the address. */
export const settingsTabs = [
  'profile',
  'schedule',
  'chat',
  'emotes',
  'crew',
  'lists',
  'reviewer',
  'films',
  'broadcast',
] as const
export type SettingsTab = (typeof settingsTabs)[number]

export function settingsSearch({ tab }: Record<string, unknown>): { tab: SettingsTab } {
  return { tab: settingsTabs.find((name) => name === tab) ?? 'profile' }
}
