import type { DateReason, Issue } from '../core';

/** What readers would get of a document if it were published as its form is now. */
export interface Preview {
  /** The markdown file. */
  text: string;
  /** What readers get now; `null` if it is not published. */
  published: string | null;
  /** Whether readers get the document, or once did. */
  state: 'new' | 'live' | 'unpublished';
  /** What readers know the document by: now (`null` if it is not published) and afterwards. */
  slug: { before: string | null; after: string };
  /** Entries that are shown for a limited time, such as an advertisement. */
  scheduled: WindowedEntry[];
  /** Its dates, `YYYY-MM-DD`, and why; `null` if its shape has none. */
  date: {
    published: string | null;
    modified: string | null;
    reason: DateReason;
    /** Paths that move the date and differ from what readers last got. */
    changed: string[];
    text: string;
  } | null;
  /** Links, unknown keys and everything else that `lint` reports. */
  findings: Issue[];
  /** Documents that it links, in its order. */
  links: PreviewLink[];
  /** Published documents that link it: they lose that link when it is unpublished or deleted. */
  linkedBy: { slug: string; documentId: string }[];
}

export interface WindowedEntry {
  /** Path of the key that shows it. */
  path: string;
  /** As editors call it. */
  name: string;
  /** ISO 8601; `null` if it has no limit on that side. */
  startsAt: string | null;
  endsAt: string | null;
}

/** A document that this one links. */
export interface PreviewLink {
  slug: string;
  state: 'published' | 'unpublished' | 'pending';
  /** For opening it in the panel; absent for a slug that no document has. */
  documentId?: string;
}

/** `POST /frontmatter/preview/:model`, for the panel */
export namespace PreviewDocument {
  export interface Request {
    /** Absent for a document that was never saved. */
    documentId?: string | undefined;
    /** As saving the form would send them. */
    values: Record<string, unknown>;
    /** Whether the form is an unpublished copy of that document. */
    isCopy?: boolean | undefined;
    /** Version of an answer for the same values: if it is current, nothing is rendered. */
    known?: string | undefined;
  }
  export interface Response {
    /** `null` if the known answer is current. */
    data: Preview | null;
    meta: { version: string };
  }
}

/** What the panel needs to know about a content type with frontmatter. */
export interface ShapeSummary {
  contentType: string;
  collection: string;
  /** Names for one document and for several. */
  singular: string;
  plural: string;
  /** Attribute of the content type that holds the slug. */
  slug: string;
  /** Attribute that the slug is made from; `null` for none. */
  slugFrom: string | null;
  /** Attribute that marks a minor edit; `null` if its documents have no dates. */
  minorEdit: string | null;
  /** Lists of names, such as keywords. */
  names: NamesSummary[];
  /** Content types of what its documents show, such as keywords and sponsors. */
  shows: string[];
  /** The form's labels of the keys, and the attributes that hold them. */
  fields: FieldSummary[];
}

export interface FieldSummary {
  /** Dotted path of a key of the frontmatter; for slug and body, the attribute. */
  path: string;
  /** Dotted, as the form names it. */
  attribute: string;
  label: string;
}

export interface NamesSummary {
  attribute: string;
  /** Content type of the names. */
  target: string;
}

/** `GET /frontmatter/shapes`, for the panel */
export namespace FindShapes {
  export interface Response {
    data: ShapeSummary[];
  }
}

/** `POST /frontmatter/names/:model/:attribute`, for the panel: missing names are created. */
export namespace FindOrCreateNames {
  export interface Request {
    text: string;
    /** The document that is to have them; absent if it was never saved. */
    documentId?: string | undefined;
  }
  export interface Response {
    /** In the order of the text. `isStored`: the saved draft has it already. */
    data: { id: number; documentId: string; name: string; isStored: boolean }[];
    meta: { created: number };
  }
}

/**
 * `GET /frontmatter/owners/:model?ids=`, for the panel: published documents that show or link one
 * of the given documents, and lose it when it is unpublished or deleted
 */
export namespace FindOwners {
  export interface Response {
    /** In order of slug. */
    data: { contentType: string; documentId: string; slug: string }[];
  }
}
