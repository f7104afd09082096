// Builds an Astro site for each line of standard input, which names its folder, and prints a line after each
// build. In one process, because most of the time of a first build goes into loading Astro.
import { createInterface } from 'node:readline';
import { build } from 'astro';

for await (const root of createInterface({ input: process.stdin })) {
  const outcome = await build({ root }).then(
    () => 'end of build',
    ({ message }) => `failed: ${message}`
  );
  console.log(outcome);
}
