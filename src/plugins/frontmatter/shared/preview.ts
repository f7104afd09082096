import type { DateReason, Issue } from '../core';

/** What a document of the panel would be for its readers, were it published as the form is now. */
export interface Preview {
  /** The markdown file. */
  text: string;
  /** What readers get now; `null` for what is not published. */
  published: string | null;
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
  /** Published documents that link it: they lose that link when it is unpublished or deleted. * */
  linkedBy: { slug: string; documentId: string }[];
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
  }
  export interface Response {
    data: Preview;
  }
}

/** A content type with frontmatter, as far as the panel needs it. */
export interface ShapeSummary {
  contentType: string;
  collection: string;
  /** Attributes of the content type. */
  slug: string;
  /** `null` if its documents have no dates. */
  minorEdit: string | null;
  /** Lists of names, such as keywords. */
  names: NamesSummary[];
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
