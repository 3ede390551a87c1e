// The offline page: in the chosen language, and gone as soon as the server can be reached.
;(() => {
  let language = navigator.language.startsWith('ne') ? 'ne' : 'en'
  try {
    language = localStorage.getItem('odeon.language') ?? language
  } catch {
    // Without storage the device's own language stands.
  }
  document.documentElement.lang = language
  for (const element of document.querySelectorAll('[data-en]')) {
    element.textContent = element.dataset[language] ?? element.dataset.en
  }
  const again = () => location.reload()
  document.getElementById('again').addEventListener('click', again)
  addEventListener('online', again)
  const everyMs = 10_000
  setInterval(() => {
    fetch('/health', { cache: 'no-store' }).then(
      (answer) => answer.ok && again(),
      () => undefined,
    )
  }, everyMs)
})()
