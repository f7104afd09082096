import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { newSecret, secretProblem, signatureHeaders } from './signature';

const secretOf = (bytes: number): string => `whsec_${randomBytes(bytes).toString('base64')}`;

/** The package only verifies messages with a current timestamp. */
const at = new Date();

test('a receiver with the secret accepts what is signed', () => {
  const secret = newSecret(randomBytes);
  const body = '{"type":"content.changed","slug":"größe"}';
  const headers = signatureHeaders({ messageId: 'msg_1', at, body, secrets: [secret] });
  expect(headers).toMatchObject({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
  });
  expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow('No matching signature');
  expect(() => new Webhook(secretOf(32)).verify(body, headers)).toThrow('No matching signature');
});

test('signs the example that all libraries of Standard Webhooks share as they do', () => {
  expect(
    signatureHeaders({
      messageId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: new Date(1_614_265_330_000),
      body: '{"test": 2432232314}',
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    })
  ).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('while a secret is being replaced, a receiver with either one accepts the message', () => {
  const [current, previous] = [secretOf(24), secretOf(64)];
  const headers = signatureHeaders({
    messageId: 'm',
    at,
    body: '{}',
    secrets: [current, previous],
  });
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
  for (const secret of [current, previous]) {
    expect(new Webhook(secret).verify('{}', headers)).toEqual({});
  }
});

test('a message without a secret is not signed, and one without a body is signed as empty', () => {
  expect(signatureHeaders({ messageId: 'm', at, body: '{}', secrets: [] })).not.toHaveProperty(
    'webhook-signature'
  );
  const secret = secretOf(32);
  const headers = signatureHeaders({ messageId: 'm', at, body: null, secrets: [secret] });
  expect(() => new Webhook(secret).verify('', headers)).not.toThrow();
});

test('a new secret has 32 bytes', () => {
  const secret = newSecret((size) => new Uint8Array(size).fill(255));
  expect(secret).toBe(`whsec_${Buffer.alloc(32, 255).toString('base64')}`);
  expect(secretProblem(secret)).toBeUndefined();
});

test.each([
  ['', 'must begin with whsec_'],
  [randomBytes(32).toString('base64'), 'must begin with whsec_'],
  [`whsk_${randomBytes(32).toString('base64')}`, 'must begin with whsec_'],
  ['whsec_', 'has 0 bytes after whsec_: use 24 to 64'],
  [secretOf(23), 'has 23 bytes after whsec_'],
  [secretOf(65), 'has 65 bytes after whsec_'],
  [`whsec_${'A'.repeat(41)}`, 'must be whsec_ and then base64'],
  [`whsec_${'-'.repeat(40)}`, 'must be whsec_ and then base64'],
  [`${secretOf(24)}\n`, 'must be whsec_ and then base64'],
  [` ${secretOf(24)}`, 'must begin with whsec_'],
  [`whsec_${'é'.repeat(32)}`, 'must be whsec_ and then base64'],
])('%j is not a secret', (text, message) => {
  expect(secretProblem(text)).toMatch(message);
});

test('a secret of 24 to 64 bytes is accepted, and signs', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), (bytes) => {
      const secret = `whsec_${Buffer.from(bytes).toString('base64')}`;
      expect(secretProblem(secret)).toBeUndefined();
      const headers = signatureHeaders({ messageId: 'm', at, body: '{}', secrets: [secret] });
      expect(new Webhook(secret).verify('{}', headers)).toEqual({});
    })
  );
});

test('every accepted secret signs, and no problem repeats the text', () => {
  const texts = fc.oneof(fc.string(), fc.base64String({ maxLength: 100 }));
  fc.assert(
    fc.property(texts, (text) => {
      const problem = secretProblem(`whsec_${text}`);
      const sign = () =>
        signatureHeaders({ messageId: 'm', at, body: '', secrets: [`whsec_${text}`] });
      if (problem === undefined) expect(sign).not.toThrow();
      else if (text.length > 8) expect(problem).not.toContain(text);
    })
  );
});
