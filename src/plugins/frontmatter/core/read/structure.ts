import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  visit,
  type Alias,
  type Document,
  type Node,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { quote } from '../fields/field';
import { issueAt, type Issue, type IssueCode, type Position } from '../issue';
import { keyName, type Place } from './positions';

/** Deeper than any real frontmatter (4 levels), and far below what overflows a stack. */
const MAX_DEPTH = 32;
/** Nodes that all aliases together may stand for. */
const MAX_ALIASED_NODES = 10_000;
/** Aliases in a file, and nodes per anchor in total: a bomb of ten levels has billions. */
export const MAX_ALIASES = 100;

/** Finds what is valid YAML but not frontmatter, and what would be unsafe to turn into data. */
export function structureIssues(document: Document.Parsed, place: Place): Issue[] {
  const issues: Issue[] = [];
  const add = (code: IssueCode, node: unknown, message: string, path: string[] = []) => {
    const offset = isNode(node) ? node.range?.[0] : undefined;
    issues.push(issueAt(code, place(offset ?? 0), message, { path }));
  };
  const { contents } = document;
  const isEmpty = contents === null || (isScalar(contents) && contents.value === null);
  if (!isEmpty && !isMap(contents)) {
    const message = 'the frontmatter must consist of keys with values, such as title: My title';
    add('invalid-type', contents, message);
  }

  const anchors = new Map<string, Node>();
  const sizes = new WeakMap<Node, number>();
  let [aliases, aliased] = [0, 0];
  // A function sees every node; of a visitor object, only the most specific method is called.
  visit(document, (_, node, ancestors) => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      aliases += 1;
      aliased += target ? sizeOf(target) : 0;
      if (aliases > MAX_ALIASES || aliased > MAX_ALIASED_NODES) {
        const limit = aliases > MAX_ALIASES ? MAX_ALIASES : MAX_ALIASED_NODES;
        issues.push(aliasLimit(place(node.range?.[0] ?? 0), limit));
        return visit.BREAK;
      }
      checkAlias(node, ancestors);
    } else if (isNode(node) && node.anchor) {
      anchors.set(node.anchor, node);
    }
    if (isMap(node)) checkKeys(node, ancestors);
    if (isCollection(node) && ancestors.filter(isCollection).length >= MAX_DEPTH) {
      issues.push(tooDeep(place(node.range?.[0] ?? 0)));
      return visit.BREAK;
    }
    return undefined;
  });
  return issues;

  function sizeOf(target: Node): number {
    let size = sizes.get(target) ?? 0;
    if (size === 0) visit(target, (_, node) => void (size += isNode(node) ? 1 : 0));
    sizes.set(target, size);
    return size;
  }

  function checkAlias(alias: Alias, ancestors: readonly unknown[]): void {
    const isInside = ancestors.some((node) => isCollection(node) && node.anchor === alias.source);
    if (!isInside && anchors.has(alias.source)) return;
    const why = isInside ? 'is inside its own anchor' : 'has no anchor before it';
    add('invalid-yaml', alias, `the alias ${quote(alias.source)} ${why}: write the value out`);
  }

  function checkKeys(map: YAMLMap, ancestors: readonly unknown[]): void {
    const seen = new Set<string>();
    for (const { key } of map.items) {
      if (!isScalar(key)) {
        add('invalid-type', key, 'a key must be plain text: put it in quotes');
        continue;
      }
      const name = keyName(key);
      const path = [...ancestors.flatMap(keyOf), name];
      if (seen.has(name)) {
        add('duplicate-key', key, 'this key appears twice: remove or rename one', path);
      }
      if (name === '__proto__') {
        add('forbidden-key', key, 'a key must not be named __proto__: rename it', path);
      }
      seen.add(name);
    }
  }
}

export const keyOf = (ancestor: unknown): string[] =>
  isPair(ancestor) && isScalar(ancestor.key) ? [keyName(ancestor.key)] : [];

export function firstAliasPosition(document: Document.Parsed, place: Place): Position {
  let offset = 0;
  visit(document, {
    Alias(_, node) {
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return place(offset);
}

export function yamlIssue(error: YAMLError, place: Place): Issue {
  const position = place(error.pos[0]);
  if (error.code === 'RESOURCE_EXHAUSTION') return tooDeep(position);
  if (error.code === 'MULTIPLE_DOCS') {
    const message =
      'a second YAML document begins here: remove the line of ... or --- that begins it';
    return issueAt('invalid-yaml', position, message);
  }
  const advice =
    error.code === 'TAG_RESOLVE_FAILED'
      ? 'remove the tag'
      : 'check indentation, quotes and colons here';
  return issueAt('invalid-yaml', position, `${lowerFirst(error.message)}: ${advice}`);
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export const aliasLimit = (position: Position, limit = MAX_ALIASES): Issue =>
  issueAt(
    'alias-limit',
    position,
    `aliases expand to more than ${limit} values: write the values out`
  );

export const tooDeep = (position: Position): Issue =>
  issueAt('too-deep', position, `more than ${MAX_DEPTH} levels of nesting: flatten this value`);
