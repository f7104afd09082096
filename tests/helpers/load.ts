import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { roadmapText, roadmapUrl } from './uploads';

const LANES = 6;
/** Pause of an editor after a failed write. */
const PAUSE_MS = 50;

interface Answer {
  /**
   * HTTP status, or how the connection ended: `refused` if the server did not accept it, `broken`
   * if it did but sent no complete answer.
   */
  status: number | 'refused' | 'broken';
  body: string;
}

/** Editors who write endlessly, each one document after the other. */
export interface Load {
  /** Acknowledged content, by path below the CMS. */
  accepted: Map<string, string>;
  /** Answers to writes that were not acknowledged. */
  others: Answer[];
  start(): void;
  /** Waits for the last answers. */
  stop(): Promise<void>;
  /** Returns the paths of acknowledged content that cannot be read. */
  missing(from?: string): Promise<string[]>;
}

/** Creates a load in which every second write uses plain REST and the others send files. */
export function createLoad({ url, token }: { url: string; token: string }): Load {
  const accepted = new Map<string, string>();
  const others: Answer[] = [];
  const agent = new Agent({ keepAlive: true });
  let isStopping = false;
  let running: Promise<void[]> = Promise.resolve([]);

  function send(method: string, path: string, type: string, body: string): Promise<Answer> {
    return new Promise((resolve) => {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': type };
      const sent = request(`${url}${path}`, { method, headers, agent }, (response) => {
        text(response).then(
          (answer) => resolve({ status: response.statusCode ?? 0, body: answer }),
          (error: unknown) => resolve({ status: 'broken', body: String(error) })
        );
      });
      sent.on('error', (error) =>
        // A new connection may still have waited for the server to accept it.
        resolve({ status: sent.reusedSocket ? 'broken' : 'refused', body: String(error) })
      );
      sent.end(body);
    });
  }

  async function write(name: string, isFile: boolean): Promise<void> {
    const [path, content] = isFile
      ? [roadmapUrl(`${name}.md`), roadmapText({ title: `'${name}'` })]
      : [`/api/keywords?filters[name]=${name}`, name];
    const answer = isFile
      ? await send('PUT', roadmapUrl(name), 'text/markdown', content)
      : await send('POST', '/api/keywords', 'application/json', `{"data":{"name":"${name}"}}`);
    if (answer.status === 200 || answer.status === 201) {
      accepted.set(path, content);
      return;
    }
    others.push(answer);
    await wait(PAUSE_MS);
  }

  async function runLane(lane: number): Promise<void> {
    for (let count = 0; !isStopping; count += 1) {
      await write(`lane-${lane}-${count}`, count % 2 === 0);
    }
  }

  async function isMissing(from: string, [path, content]: [string, string]): Promise<boolean> {
    const answer = await fetch(`${from}${path}`);
    return !answer.ok || !(await answer.text()).includes(content);
  }

  return {
    accepted,
    others,
    start() {
      running = Promise.all(Array.from({ length: LANES }, (_, lane) => runLane(lane)));
    },
    async stop() {
      isStopping = true;
      await running;
      agent.destroy();
    },
    async missing(from = url) {
      const missing: string[] = [];
      for (const entry of accepted) {
        if (await isMissing(from, entry)) missing.push(entry[0]);
      }
      return missing;
    },
  };
}
