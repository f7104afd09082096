import fc from 'fast-check';
import { needsToken, presetRequest, signs } from '.';
import { PRESETS } from '../hook';
import { buildChange, messageOf, someMessage } from '../testing/messages';

const MESSAGE = messageOf([buildChange({ slug: 'backend' }), buildChange({ slug: 'go' })]);
const TOKEN = 'github_pat_secret';

test('only github needs a token, and only generic signs', () => {
  expect(PRESETS.filter(needsToken)).toEqual(['github']);
  expect(PRESETS.filter(signs)).toEqual(['generic']);
});

test('generic sends the message as JSON', () => {
  expect(presetRequest('generic', MESSAGE)).toEqual({
    query: {},
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(MESSAGE),
  });
});

test('netlify sends the message, and names the changes for its list of deploys', () => {
  expect(presetRequest('netlify', MESSAGE)).toEqual({
    query: { trigger_title: '2 changes: backend, go' },
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(MESSAGE),
  });
});

test.each(['vercel', 'cloudflare-pages'] as const)('%s sends an empty request', (preset) => {
  expect(presetRequest(preset, MESSAGE)).toEqual({ query: {}, headers: {}, body: null });
});

test('github sends the message as the payload of an event, with the token', () => {
  const { query, headers, body } = presetRequest('github', MESSAGE, { token: TOKEN });

  expect(query).toEqual({});
  expect(headers).toEqual({
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${TOKEN}`,
    'content-type': 'application/json',
    'x-github-api-version': '2022-11-28',
  });
  expect(JSON.parse(body ?? '')).toEqual({
    event_type: 'content_changed',
    client_payload: MESSAGE,
  });
});

test('the request to github stays within its limits', () => {
  fc.assert(
    fc.property(someMessage, (message) => {
      const { body } = presetRequest('github', message, { token: TOKEN });

      const { event_type: type, client_payload: payload } = JSON.parse(body ?? '');
      expect(type.length).toBeLessThanOrEqual(100);
      expect(Object.keys(payload).length).toBeLessThanOrEqual(10);
      expect(JSON.stringify(payload).length).toBeLessThanOrEqual(65_535);
    })
  );
});

test('the token is sent to no other host', () => {
  const others = PRESETS.filter((preset) => !needsToken(preset));

  const requests = others.map((preset) => presetRequest(preset, MESSAGE, { token: TOKEN }));

  expect(JSON.stringify(requests)).not.toContain(TOKEN);
});

test('a message that was stored and read makes the same request', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PRESETS), someMessage, (preset, message) => {
      const read = JSON.parse(JSON.stringify(message));

      expect(presetRequest(preset, read)).toEqual(presetRequest(preset, message));
    })
  );
});
