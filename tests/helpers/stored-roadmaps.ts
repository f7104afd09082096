import type { Sql, SqlRow } from './sql';

/** A row of the table of roadmaps with everything that belongs to it, as the keys of a file. */
export interface StoredVersion {
  frontmatter: Record<string, unknown>;
  body: unknown;
  source: unknown;
  /** Slugs of the targets of Strapi's own relation, in its order. */
  linked: string[];
  /** Slugs of the existing targets in `related_order`, in its order. */
  known: string[];
}

export interface StoredRoadmap {
  documentId: string;
  drafts: StoredVersion[];
  published: StoredVersion[];
  /** Current publications, in any state. */
  publications: SqlRow[];
  /** Recorded references, as `path target`. */
  references: string[];
}

export interface StoredContent {
  /** Roadmaps by slug. */
  roadmaps: Map<string, StoredRoadmap>;
  /** Sequence numbers of all publications. */
  seqs: number[];
  newestSeq: number;
  /** Texts of all publications, including past ones. */
  texts: string[];
  /** Names of all keywords, tags and sponsors, with repeats. */
  names: string[];
  /** Components that do not belong to any roadmap. */
  strayComponents: string[];
}

const COMPONENTS = {
  'roadmap.seo': 'components_roadmap_seos',
  'roadmap.schema': 'components_roadmap_schemas',
} as const;

/** Reads everything that the database holds of roadmaps, by SQL. */
export async function readStored(sql: Sql): Promise<StoredContent> {
  const tables = await sql.tables(
    'roadmaps',
    'roadmaps_cmps',
    'roadmaps_keywords_lnk',
    'roadmaps_tags_lnk',
    'roadmaps_sponsor_lnk',
    'roadmaps_related_roadmaps_lnk',
    'components_roadmap_seos',
    'components_roadmap_schemas',
    'keywords',
    'tags',
    'sponsors',
    'frontmatter_publications',
    'frontmatter_references',
    'frontmatter_lock'
  );
  const slugs = new Map(tables.roadmaps.map((row) => [row.document_id, String(row.slug)]));

  const component = (row: SqlRow, type: keyof typeof COMPONENTS): SqlRow => {
    const link = tables.roadmaps_cmps.find(
      ({ entity_id, component_type }) => entity_id === row.id && component_type === type
    );
    return tables[COMPONENTS[type]].find(({ id }) => id === link?.cmp_id) ?? {};
  };
  const linkedRows = (row: SqlRow, relation: Relation) =>
    tables[`roadmaps_${relation.name}_lnk`]
      .filter(({ roadmap_id }) => roadmap_id === row.id)
      .sort((a, b) => Number(a.roadmap_ord ?? 0) - Number(b.roadmap_ord ?? 0))
      .flatMap((link) =>
        tables[relation.table].filter((target) => target.id === link[relation.column])
      );
  const names = (row: SqlRow, relation: Relation) =>
    linkedRows(row, relation).map(({ name }) => name);

  function versionOf(row: SqlRow): StoredVersion {
    const [sponsor] = linkedRows(row, SPONSOR);
    const seo = component(row, 'roadmap.seo');
    const schema = component(row, 'roadmap.schema');
    const order = orderOf(row);
    return {
      frontmatter: {
        order: row.order,
        briefTitle: row.brief_title,
        briefDescription: row.brief_description,
        title: row.title,
        description: row.description,
        note: row.note,
        sponsor: sponsor && { url: sponsor.url, title: sponsor.title },
        schema: {
          headline: schema.headline,
          datePublished: row.date_published,
          dateModified: row.date_modified,
        },
        seo: { title: seo.title, keywords: names(row, KEYWORDS) },
        relatedRoadmaps: order.map(({ id, slug }) => slug ?? slugs.get(id)),
        tags: names(row, TAGS),
      },
      body: row.body,
      source: row.source,
      linked: linkedRows(row, RELATED).map(({ slug }) => String(slug)),
      known: order.flatMap(({ id }) => slugs.get(id) ?? []),
    };
  }

  const targets = new Map(
    (['roadmaps', 'keywords', 'tags', 'sponsors'] as const).flatMap((table) =>
      tables[table].map((row) => [row.document_id, String(row.name ?? row.slug)] as const)
    )
  );
  const roadmaps = new Map<string, StoredRoadmap>();
  for (const [documentId, slug] of slugs) {
    const rows = tables.roadmaps.filter(({ document_id }) => document_id === documentId);
    roadmaps.set(slug, {
      documentId: String(documentId),
      drafts: rows.filter(({ published_at }) => published_at === null).map(versionOf),
      published: rows.filter(({ published_at }) => published_at !== null).map(versionOf),
      publications: tables.frontmatter_publications.filter(
        ({ document_id, is_current }) => document_id === documentId && Boolean(is_current)
      ),
      references: tables.frontmatter_references
        .filter(({ owner_id }) => owner_id === documentId)
        .map((row) => `${String(row.path)} ${String(row.slug ?? targets.get(row.target_id))}`),
    });
  }
  return {
    roadmaps,
    seqs: tables.frontmatter_publications.map(({ seq }) => Number(seq)),
    newestSeq: Number(tables.frontmatter_lock[0]?.seq),
    texts: tables.frontmatter_publications.map(({ text }) => String(text)),
    names: (['keywords', 'tags', 'sponsors'] as const).flatMap((table) =>
      tables[table].map(({ name }) => String(name))
    ),
    strayComponents: Object.entries(COMPONENTS).flatMap(([type, table]) =>
      tables[table]
        .filter(
          ({ id }) =>
            !tables.roadmaps_cmps.some(
              ({ component_type, cmp_id }) => component_type === type && cmp_id === id
            )
        )
        .map(({ id }) => `${table} ${String(id)}`)
    ),
  };
}

const KEYWORDS = { name: 'keywords', table: 'keywords', column: 'keyword_id' } as const;
const TAGS = { name: 'tags', table: 'tags', column: 'tag_id' } as const;
const SPONSOR = { name: 'sponsor', table: 'sponsors', column: 'sponsor_id' } as const;
const RELATED = { name: 'related_roadmaps', table: 'roadmaps', column: 'inv_roadmap_id' } as const;
type Relation = typeof KEYWORDS | typeof TAGS | typeof SPONSOR | typeof RELATED;

/** Returns the stored order; SQLite stores JSON as text. */
function orderOf({ related_order: stored }: SqlRow): { id?: string; slug?: string }[] {
  return (typeof stored === 'string' ? JSON.parse(stored) : stored) ?? [];
}
