// node list.mjs role-roadmap
const CMS = process.env.CMS_URL ?? 'http://localhost:1337';

/** All roadmaps with a tag, page by page. */
async function* listRoadmaps(tag) {
  for (let page = 1, pageCount = 1; page <= pageCount; page += 1) {
    const query = new URLSearchParams({
      'filters[tags][name]': tag,
      sort: 'order',
      fields: 'title,seo.description',
      'pagination[page]': String(page),
      'pagination[pageSize]': '100',
    });
    const response = await fetch(`${CMS}/api/frontmatter/roadmaps?${query}`);
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
    const { data, meta } = await response.json();
    yield* data;
    pageCount = meta.pagination.pageCount;
  }
}

const [tag = 'role-roadmap'] = process.argv.slice(2);
for await (const { slug, frontmatter } of listRoadmaps(tag)) {
  console.log(`${slug}: ${frontmatter.title}`);
}
