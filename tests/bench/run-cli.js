// Runs the command line in a process that sends its parent its peak memory, in KiB, when it is
// done. An exit listener would not work: Strapi removes all listeners of the process on destroy.
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
