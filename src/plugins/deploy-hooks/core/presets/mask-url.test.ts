import fc from 'fast-check';
import { maskUrl } from '.';

test.each([
  [
    'https://api.netlify.com/build_hooks/5c23354f454e1350f8543f2a',
    'https://api.netlify.com/build_hooks/…3f2a',
  ],
  [
    'https://api.netlify.com/build_hooks/5c23?trigger_branch=main',
    'https://api.netlify.com/build_hooks/…3?…',
  ],
  [
    'https://api.vercel.com/v1/integrations/deploy/prj_n4rbH3/UOVMfKjLWg',
    'https://api.vercel.com/v1/integrations/deploy/…Wg',
  ],
  [
    'https://api.cloudflare.com/client/v4/pages/webhooks/deploy_hooks/66e0-4157-aa21',
    'https://api.cloudflare.com/client/v4/pages/webhooks/deploy_hooks/…a21',
  ],
  ['https://api.github.com/repos/acme/site/dispatches', 'https://api.github.com/repos/acme/site/…'],
  [
    'https://git.example.org/api/v3/repos/acme/site/dispatches',
    'https://git.example.org/api/v3/repos/acme/site/…',
  ],
  ['http://127.0.0.1:4000/rebuild', 'http://127.0.0.1:4000/…d'],
  ['https://a.example/secret/hook/of/mine/', 'https://a.example/…'],
  ['https://a.example', 'https://a.example/'],
  ['https://a.example/?key=secret', 'https://a.example/?…'],
  ['https://user:password@a.example/#secret', 'https://a.example/'],
  ['no address', '…'],
])('%s is shown as %s', (url, masked) => {
  expect(maskUrl(url)).toBe(masked);
});

const someSecret = fc.stringMatching(/^[A-Za-z0-9_-]{6,60}$/);
const somePlace = fc.constantFrom(
  (secret: string) => `https://a.example/${secret}`,
  (secret: string) => `https://a.example/${secret}/rebuild`,
  (secret: string) => `https://a.example/webhooks/${secret}/v1`,
  (secret: string) => `https://a.example/build_hooks/${secret}`,
  (secret: string) => `https://a.example/deploy?key=${secret}`,
  (secret: string) => `https://a.example/deploy#${secret}`
);

test('shows at most a quarter of a secret, wherever it is', () => {
  fc.assert(
    fc.property(someSecret, somePlace, (secret, place) => {
      const masked = maskUrl(place(`~${secret}`)); // not one of the common words

      const shown = Math.min(4, Math.floor((secret.length + 1) / 4));
      const rest = secret.slice(-shown - 1);
      expect(masked.startsWith('https://a.example/')).toBe(true);
      expect(masked.endsWith(rest)).toBe(false);
      expect(masked.includes(secret.slice(0, 5))).toBe(false);
    })
  );
});
