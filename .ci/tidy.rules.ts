// House rules that no other tool knows, each a function from a file to complaints that teach.
// `tidy.test.ts` applies them to the repository and proves that each one bites.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ts from 'typescript'

const limits = {
  fileLines: 300,
  functionLines: 70,
  lineColumns: 100,
  ownImports: 12,
  openerLines: 3,
}

export interface File {
  path: string
  text: string
}

/** Says what is wrong at a line of a file and what to do about it. */
type Complain = (line: number, wrongAndWhatToDo: string) => void
export type Rule = (file: File, complain: Complain) => void

const notOurs = new Set([
  'node_modules',
  'dist',
  '.git',
  '.odeon',
  '.vite',
  'coverage',
  'build',
  'reports',
])

/** Every file a person wrote, by path from the root; needs no git, so a tarball can be tested. */
export function everyFile(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (notOurs.has(entry.name)) return []
    if (entry.isDirectory()) return everyFile(root, path)
    return entry.isFile() ? [path] : []
  })
}

const isSource = (path: string) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')
const isTest = (path: string) => /\.test\.tsx?$/.test(path)
export const sourceFiles = (root: string) => everyFile(root).filter(isSource)
export const read = (root: string, path: string): File => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
})

/** Runs rules over files; each complaint reads `path:line  what is wrong. What to do.` */
export function complaints(files: File[], rules: Rule[]): string[] {
  return files.flatMap((file) => {
    const found: string[] = []
    for (const rule of rules) {
      rule(file, (line, text) => found.push(`${file.path}:${line}  ${text}`))
    }
    return found
  })
}

export function parse({ path, text }: File): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
}

/** Calls `visit` for a node and all below it, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  node.forEachChild((child) => walk(child, visit))
}

const firstLine = (source: ts.SourceFile, node: ts.Node) =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
const lineCount = (source: ts.SourceFile, node: ts.Node) =>
  source.getLineAndCharacterOfPosition(node.end).line + 2 - firstLine(source, node)

export const shortFiles: Rule = ({ path, text }, complain) => {
  const lines = text.split('\n').length - 1
  if (!isSource(path) || lines <= limits.fileLines) return
  complain(
    limits.fileLines,
    `${lines} lines; ${limits.fileLines} at most. Split it, one idea a file.`,
  )
}

/** The outline of a drawing, an address and the title of a test stay in one piece. */
const unbreakable =
  /^\s*(<path )?d="M|https?:\/\/\S{60}|^\s*(it|test|describe)\b.*['"`]\[[A-Z]{2,4}-\d/

/** What people read in the app: a sentence for each line, as long as it is. */
const sentences = /^web\/src\/text\//

export const shortLines: Rule = ({ path, text }, complain) => {
  if (sentences.test(path)) return
  if (!/\.(tsx?|m?js|css)$/.test(path)) return
  text.split('\n').forEach((line, index) => {
    if ([...line].length <= limits.lineColumns || unbreakable.test(line)) return
    complain(
      index + 1,
      `${[...line].length} columns; ${limits.lineColumns} at most. Break the line.`,
    )
  })
}

/**
 * What is named inside a function, a class or another function, is counted for itself: a factory
 * may be as long as a class. `describe` is only a heading.
 */
export const shortFunctions: Rule = (file, complain) => {
  if (!isSource(file.path)) return
  const source = parse(file)
  walk(source, (node) => {
    if (!isFunction(node) || isHeading(source, node)) return
    const lines = lineCount(source, node) - nestedLines(source, node)
    if (lines <= limits.functionLines) return
    complain(
      firstLine(source, node),
      `a function of ${lines} lines; ${limits.functionLines} at most. Name its parts.`,
    )
  })
}

const isFunction = (node: ts.Node) =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined

const isHeading = (source: ts.SourceFile, { parent }: ts.Node) =>
  ts.isCallExpression(parent) && parent.expression.getText(source).startsWith('describe')

/** Lines of the classes and functions directly inside a node. */
function nestedLines(source: ts.SourceFile, node: ts.Node): number {
  let lines = 0
  node.forEachChild((child) => {
    const isNested = ts.isClassLike(child) || isFunction(child)
    lines += isNested ? lineCount(source, child) - 1 : nestedLines(source, child)
  })
  return lines
}

/** Imports of types alone vanish when the code runs and are not counted. */
export const fewImports: Rule = (file, complain) => {
  if (!isSource(file.path)) return
  const own = parse(file).statements.filter(
    (s) =>
      ts.isImportDeclaration(s) &&
      s.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword &&
      ts.isStringLiteral(s.moduleSpecifier) &&
      /^(\.|@odeon\/)/.test(s.moduleSpecifier.text),
  )
  if (own.length <= limits.ownImports) return
  complain(1, `${own.length} imports of our own; ${limits.ownImports} at most. It knows too much.`)
}

const vagueWords = /^(utils?|helpers?|common|managers?|misc)$/

export const goodNames: Rule = ({ path }, complain) => {
  if (!isSource(path)) return
  const stem = basename(path).replace(/(\.[a-z0-9]+)*\.tsx?$/, '')
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem)) complain(1, 'name the file in kebab-case.')
  const folders = path.split('/').slice(0, -1)
  const vague = [...folders, stem, ...stem.split('-')].find((w) => vagueWords.test(w))
  if (vague || stem === 'base')
    complain(1, `"${vague ?? stem}" says nothing. Name it by what it does.`)
}

/** Tests may start with their imports: their titles say what they are. */
export const openers: Rule = ({ path, text }, complain) => {
  if (!isSource(path) || isTest(path)) return
  const [range] = ts.getLeadingCommentRanges(text, 0) ?? []
  if (!range) {
    complain(1, 'open the file with up to three lines that say what it is.')
    return
  }
  const opener = text.startsWith('//')
    ? text.slice(0, text.search(/^(?!\/\/)/m))
    : text.slice(0, range.end)
  const lines = opener.split('\n').filter((line) => /[^\s/*]/.test(line)).length
  if (lines <= limits.openerLines) return
  complain(
    1,
    `opens with ${lines} lines; ${limits.openerLines} at most. Details go where they are true.`,
  )
}

/** One room stands between Colyseus and every other room, so its defences cannot be left out. */
export const oneBaseRoom: Rule = (file, complain) => {
  if (!isSource(file.path) || file.path === 'rooms/src/kit/socket-room.ts') return
  if (isTest(file.path) || file.path.startsWith('loadtest/src/stock/')) return
  const source = parse(file)
  const rooms = new Set<string>()
  walk(source, (node) => {
    if (
      ts.isImportDeclaration(node) &&
      node.moduleSpecifier.getText(source).includes('@colyseus/')
    ) {
      const bindings = node.importClause?.namedBindings
      if (bindings && ts.isNamespaceImport(bindings)) rooms.add(`${bindings.name.text}.Room`)
      else if (bindings) {
        for (const { name, propertyName } of bindings.elements) {
          if (/^(\w*Room)$/.test((propertyName ?? name).text)) rooms.add(name.text)
        }
      }
    }
    if (!ts.isHeritageClause(node) || node.token !== ts.SyntaxKind.ExtendsKeyword) return
    if (!ts.isClassLike(node.parent)) return
    for (const { expression } of node.types) {
      if (!rooms.has(expression.getText(source))) continue
      complain(firstLine(source, node), "extends Colyseus' own room. Extend the kit's OdeonRoom.")
    }
  })
}

// Brackets break the words up, so that this file does not complain about itself.
const leftovers = /\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b/
const machinePaths = /(\/wor[k]|\/hom[e]\/\w+|\/roo[t]|\/User[s]\/\w+|[A-Z]:\\User[s])[/\\]/
const silencers = /(oxlint|eslint|biome|knip)-(disable|ignore)/

export const finished: Rule = ({ path, text }, complain) => {
  if (path === 'package-lock.json') return
  text.split('\n').forEach((line, index) => {
    if (leftovers.test(line)) complain(index + 1, 'finish it, or open an issue and say so there.')
    if (machinePaths.test(line)) complain(index + 1, 'a path of one machine. Make it relative.')
    if (isSource(path) && silencers.test(line) && !/ -- \w/.test(line)) {
      complain(index + 1, 'silences a check. Mend the code, or give the reason after ` -- `.')
    }
  })
}
