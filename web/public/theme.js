// Runs before the first paint, so that a chosen theme never flashes the other one.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('odeon.theme')
  } catch {
    chosen = null
  }
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
})()
