// The command line in a process that tells its parent its peak memory, in KiB, when it is done.
// Not by an exit listener: Strapi removes all listeners of the process when it is destroyed.
const { run } = require('../../src/plugins/frontmatter/dist/cli/index.js');

async function main() {
  const exitCode = await run(process.argv.slice(2), {
    appDir: process.cwd(),
    workingDir: process.cwd(),
    output: { out: () => {}, err: () => {} },
  });
  process.send({ exitCode, peak: process.resourceUsage().maxRSS }, () => process.exit());
}

void main();
