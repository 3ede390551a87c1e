/** What the browser test runs inside the page: a client, and a small React app around a room. */
import { createElement, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { type LiveConnection, Odeon } from '../index.ts'
import {
  OdeonProvider,
  RoomProvider,
  useLobby,
  useMe,
  useOutbox,
  useRoom,
  useRoomConnection,
  useRoomEntries,
  useRoomEvent,
  useRoomState,
  useStateOf,
  useUser,
} from '../react.ts'

const odeon = new Odeon(location.origin)
const renders: Record<string, number> = {}
const heard: string[] = []
let root: Root | undefined

const count = (part: string) => {
  renders[part] = (renders[part] ?? 0) + 1
}
const shown = (id: string, value: unknown) => createElement('p', { id }, String(value))

function Status() {
  const { status, error } = useRoom()
  return shown('status', error instanceof Error ? error.name : status)
}

function Viewers() {
  count('viewers')
  return shown(
    'viewers',
    useRoomState((state) => state.viewerCount),
  )
}

function Crew() {
  count('crew')
  const names = useRoomState((state) => [...state.crew.values()].map(({ name }) => name))
  return shown('crew', names?.join())
}

function Lines() {
  const entries = useRoomEntries()
  useRoomEvent('chat.posted', (entry) => heard.push(entry.text))
  const texts = entries.flatMap((entry) => (entry.type === 'chat.posted' ? [entry.text] : []))
  return shown('lines', texts.join('|'))
}

function Strip() {
  const { connection } = useRoomConnection()
  return shown('strip', `${connection} ${useOutbox().length}`)
}

function You() {
  return shown('you', useUser()?.name ?? 'nobody')
}

function Other({ streamId }: { streamId: string }) {
  return shown('other', useRoom(streamId).room?.you.name)
}

/** Lobby and own room, each used twice. */
function House() {
  const lobby = useLobby()
  const me = useMe()
  const again = [useLobby(), useMe()].every(({ status }) => status === 'joined')
  count('house')
  const total = useStateOf(lobby.room, (state) => state.streams.length)
  const unread = useStateOf(me.room, (state) => state.unread)
  return shown('house', `${lobby.status} ${me.status} ${again} ${total} ${unread}`)
}

/** Draws the house, or nothing. */
function showHouse(isShown: boolean): void {
  root ??= createRoot(document.getElementById('root') ?? document.body)
  const house = isShown ? [createElement(House, { key: 'house' })] : []
  root.render(createElement(StrictMode, null, createElement(OdeonProvider, { odeon }, house)))
}

/** Draws the app for a stream, or nothing. */
function show(streamId: string | undefined): void {
  root ??= createRoot(document.getElementById('root') ?? document.body)
  const parts = [Status, Viewers, Crew, Lines, Strip, You].map((part) =>
    createElement(part, { key: part.name }),
  )
  const rooms =
    streamId === undefined
      ? []
      : [
          createElement(RoomProvider, { key: streamId, streamId }, parts),
          createElement(Other, { key: 'other', streamId }),
        ]
  root.render(createElement(StrictMode, null, createElement(OdeonProvider, { odeon }, rooms)))
}

const page = {
  odeon,
  renders,
  heard,
  show,
  showHouse,
  room: undefined as LiveConnection | undefined,
  async join(streamId: string) {
    page.room = await odeon.live.join(streamId)
  },
}
export type TestPage = typeof page

Object.assign(globalThis, { test: page })
