export * from './issue';
export { decode } from './read/decode';
export { bodyOfText, frontmatterOfText } from './read/fences';
export { MAX_FILE_BYTES } from './read/limits';
export { isSameButLineEnds, lineEndVariants, withLineEndsOf } from './line-ends';
export { isSlug, MAX_SLUG_LENGTH, SLUG_PATTERN, SLUG_RULE } from './slug';
export { getAt, group, leavesOf, setAt, type KeyTree, type Leaf } from './tree';
export { entry, entryProblems, newEntry, shownBetween, type EntryField } from './fields/entry';
export type { Field, Populate, StoredDocument } from './fields/field';
export { datetime } from './fields/datetime';
export { defineField, type FieldDefinition } from './fields/define-field';
export { list } from './fields/list';
export { fileNameOf, media, MEDIA_TYPE } from './fields/media';
export { links, names, reference, type LinksField, type NamesField } from './fields/references';
export { state, STATE_ATTRIBUTE } from './fields/state';
export {
  boolean,
  choice,
  date,
  integer,
  isCalendarDate,
  LONG_TEXT_TYPES,
  markdown,
  MAX_STRING_LENGTH,
  number,
  SHORT_TEXT_TYPES,
  text,
  textList,
  TEXT_TYPES,
  urlProblem,
  type TextField,
} from './fields/values';
export {
  gainedEntryValues,
  gainedRejections,
  gainedValues,
  keyPaths,
  withLeaves,
  type GainedEntryValues,
  type GainedValue,
} from './gained-keys';
export { acceptedPart, withoutRejected, type Refusal } from './rejected';
export { frontmatterSchema, typeNameOf, type JsonSchema } from './json-schema';
export {
  defineShape,
  fileNames,
  isDraftFile,
  stateLeafOf,
  type DateRules,
  type Shape,
} from './shape';
export { parse, type FrontmatterData, type ParsedFile, type ParseResult } from './read/parse';
export type { FrontmatterPath } from './read/positions';
export { read, readText, type ReadResult } from './read/read';
export { isPlainMarkdown, readNamed } from './read/read-named';
export { parseOrThrow, patch, patchFile, patchParsed, type Wanted } from './patch';
export {
  factsOf,
  lint,
  type KeptLink,
  type LintFacts,
  type LintResult,
  type LintRule,
} from './lint';
export {
  differingLeaves,
  mergeFile,
  type Conflict,
  type MergeInput,
  type MergeResult,
} from './merge';
export { render, renderYaml } from './render';
export { restorablePaths, restoredText } from './restore';
export {
  asWritten,
  bodyOf,
  fromFrontmatter,
  populateOf,
  toFrontmatter,
  type DocumentContent,
  type Reference,
} from './document';
export {
  linkedIds,
  linkPending,
  pendingSlugs,
  resolveLinks,
  toLinkOrder,
  withRelationChange,
  withSlugs,
  type LinkEntry,
  type LinkOrder,
} from './link-order';
export {
  calendarDate,
  dateReasonText,
  DATE_REASONS,
  dateRelevantContent,
  decideDates,
  type DateDecision,
  type DateReason,
} from './dates';
export { findWronglyDecoded, type WronglyDecoded } from './read/wrongly-decoded';
export {
  dayIn,
  overlapDuring,
  showingDuring,
  type Showing,
  type ShownBetween,
  type Span,
} from './schedule';
export { publishingProblems } from './publishable';
export { endsOf, withFormChange } from './form';
export { mergeForm, type FormConflict } from './form-edits';
export { MAX_NAMES, parseNameList, type NameList } from './name-list';
export { parseSelection, selectKeys, type Selection, type SelectionResult } from './selection';
export { BEGIN, formatCursor, parseCursor, type Cursor } from './cursor';
export { changedPaths } from './changed-paths';
export { readUpload, UPLOAD_FORMATS, type Upload, type UploadFormat } from './read/uploaded-text';
export {
  LINK_ORDER,
  misfits,
  ownAttributes,
  schemaFileOf,
  typeMisfits,
  type AttributeSchema,
  type FindType,
  type TypeSchema,
} from './fit';
