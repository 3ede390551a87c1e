/** Figures as tables and texts write them. */

/** Rounded, with a comma at each thousand. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en')
