// node lines.mjs
const CMS = process.env.CMS_URL ?? 'http://localhost:1337';

/** All roadmaps in one answer, each as soon as its line has arrived. */
async function* streamRoadmaps() {
  const response = await fetch(`${CMS}/api/frontmatter/roadmaps`, {
    headers: { Accept: 'application/x-ndjson' },
  });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    // Not node:readline, which also ends lines at U+2028, and JSON may contain that.
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) yield JSON.parse(line);
  }
}

let count = 0;
for await (const { slug, frontmatter } of streamRoadmaps()) {
  count += 1;
  console.log(`${slug}: ${frontmatter.title}`);
}
console.log(`${count} roadmaps`);
