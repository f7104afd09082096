import { readSiteStatus } from './site-status';

const TO = { seq: 17, token: 'f3a96c1e' };

describe('the answer of a status URL', () => {
  test.each([
    ['{ "cursor": "17.f3a96c1e" }', TO],
    ['{"builtAt":"2026-03-01","cursor":"17.f3a96c1e"}\n', TO],
    ['{ "cursor": "0" }', { seq: 0, token: '' }],
  ])('is a position of the change feed: %s', (body, cursor) => {
    expect(readSiteStatus({ status: 200, body })).toEqual({ kind: 'shows', cursor });
  });

  test.each([301, 404, 503])('is not read unless its status is 2xx: %d', (status) => {
    expect(readSiteStatus({ status, body: '{ "cursor": "17.f3a96c1e" }' })).toEqual({
      kind: 'unreadable',
      reason: `the status URL answers ${status}`,
    });
  });

  test.each([
    ['', 'not JSON'],
    ['<!doctype html>', 'not JSON'],
    ['{ "cursor": "17.f3a96c1e"', 'not JSON'],
    ['null', 'no "cursor"'],
    ['["17.f3a96c1e"]', 'no "cursor"'],
    ['{ "cursor": 17 }', 'no "cursor"'],
    ['{ "cursor": "17" }', 'not a cursor of the change feed'],
    ['{ "cursor": "17.F3A96C1E" }', 'not a cursor of the change feed'],
  ])('is explained in words if it cannot be read: %s', (body, words) => {
    expect(readSiteStatus({ status: 200, body })).toEqual({
      kind: 'unreadable',
      reason: expect.stringContaining(words),
    });
  });
});
