// Requests a URL, waits for the answer and a few milliseconds, and repeats this until its standard
// input ends. Then prints each status and how long it took. Runs in its own process: if it shared
// the server's event loop, it could not even send requests while the server is busy.
import { setTimeout as wait } from 'node:timers/promises';

const [url, pauseMs] = process.argv.slice(2);
const answers = [];
let isAsking = true;
process.stdin.resume().on('end', () => {
  isAsking = false;
});

async function ask() {
  const asked = performance.now();
  const at = Date.now();
  const answer = await fetch(url);
  await answer.text();
  return { status: answer.status, at, ms: Math.round(performance.now() - asked) };
}

await ask();
process.stdout.write('ready\n');
while (isAsking) {
  answers.push(await ask());
  await wait(Number(pauseMs));
}
process.stdout.write(JSON.stringify(answers));
