// The service worker. It keeps one thing: the page for when there is no network. Everything else
// goes to the network as if it were not here, so no answer of the API and no old app is ever shown.
const kept = 'odeon-offline-1'
const offline = '/offline.html'
const files = [offline, '/offline.css', '/offline.js', '/theme.js', '/favicon.svg']

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(kept)
      .then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((n) => n !== kept).map((n) => caches.delete(n))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => caches.match(offline)))
  } else if (origin === location.origin && files.includes(pathname)) {
    // What the offline page is made of; the newest there is.
    event.respondWith(fetch(request).catch(() => caches.match(pathname)))
  }
})
