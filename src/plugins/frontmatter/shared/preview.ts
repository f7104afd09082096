import type { DateReason, Issue } from '../core';

/** What a document of the panel would be for its readers, were it published as the form is now. */
export interface Preview {
  /** The markdown file. */
  text: string;
  /** What readers get now; `null` for what is not published. */
  published: string | null;
  /** Whether readers get the document, or once did. */
  state: 'new' | 'live' | 'unpublished';
  /** What readers know the document by now, `null` for what is not published, and afterwards. */
  slug: { before: string | null; after: string };
  /** Entries that are shown for some time only, such as an advertisement. */
  scheduled: WindowedEntry[];
  /** Its dates, `YYYY-MM-DD`, and why; `null` if its shape has none. */
  date: {
    published: string | null;
    modified: string | null;
    reason: DateReason;
    /** Paths of what moves the date and differs from what readers got last. */
    changed: string[];
    text: string;
  } | null;
  /** Links, unknown keys and all else that `lint` tells. */
  findings: Issue[];
  /** What it links, in its order. */
  links: PreviewLink[];
  /** Published documents that link it: they lose that link when it is unpublished or deleted. */
  linkedBy: { slug: string; documentId: string }[];
}

export interface WindowedEntry {
  /** Of the key that shows it. */
  path: string;
  /** As editors call it. */
  name: string;
  /** ISO 8601; `null` for no end of that side. */
  startsAt: string | null;
  endsAt: string | null;
}

/** A document that this one links. */
export interface PreviewLink {
  slug: string;
  state: 'published' | 'unpublished' | 'pending';
  /** To open it in the panel; absent for a slug that no document has. */
  documentId?: string;
}

/** `POST /frontmatter/preview/:model`, for the panel */
export namespace PreviewDocument {
  export interface Request {
    /** Absent for a document that was never saved. */
    documentId?: string | undefined;
    /** As the form would be saved. */
    values: Record<string, unknown>;
    /** Whether the form is of a copy of that document, which nobody has published yet. */
    isCopy?: boolean | undefined;
    /** Of an answer for the same values: if it would be the same, nothing is rendered. */
    known?: string | undefined;
  }
  export interface Response {
    /** `null`: as it was in the answer that is known. */
    data: Preview | null;
    meta: { version: string };
  }
}

/** A content type with frontmatter, as far as the panel needs it. */
export interface ShapeSummary {
  contentType: string;
  collection: string;
  /** What one document and several are called. */
  singular: string;
  plural: string;
  /** Attributes of the content type. */
  slug: string;
  /** Attribute that the slug is made from; `null` for none. */
  slugFrom: string | null;
  /** `null` if its documents have no dates. */
  minorEdit: string | null;
  /** Lists of names, such as keywords. */
  names: NamesSummary[];
  /** Content types of what its documents show, such as keywords and sponsors. */
  shows: string[];
  /** What the form calls the keys, and the attributes that hold them. */
  fields: FieldSummary[];
}

export interface FieldSummary {
  /** Dotted, of keys of the frontmatter; of slug and body, the attribute. */
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

/** `POST /frontmatter/names/:model/:attribute`, for the panel: names that are missing are created. */
export namespace FindOrCreateNames {
  export interface Request {
    text: string;
    /** Of the document that is to have them; absent for one that was never saved. */
    documentId?: string | undefined;
  }
  export interface Response {
    /** In the order of the text. `isStored`: the saved draft has it already. */
    data: { id: number; documentId: string; name: string; isStored: boolean }[];
    meta: { created: number };
  }
}

/**
 * `GET /frontmatter/owners/:model?ids=`, for the panel: published documents that show or link one of
 * some documents, and lose that when it is unpublished or deleted
 */
export namespace FindOwners {
  export interface Response {
    /** In order of slug. */
    data: { contentType: string; documentId: string; slug: string }[];
  }
}
