import { presetUrlProblem } from '.';
import { PRESETS, type Preset } from '../hook';

const right: [Preset, string][] = [
  ['generic', 'https://www.example.org/rebuild?site=1'],
  ['generic', 'https://api.netlify.com/build_hooks/5c23354f454e1350f8543e78'],
  ['netlify', 'https://api.netlify.com/build_hooks/5c23354f454e1350f8543e78'],
  ['netlify', 'https://api.netlify.com/build_hooks/5c2335?trigger_branch=main'],
  ['vercel', 'https://api.vercel.com/v1/integrations/deploy/prj_n4rbH3/UOVMfKjLWg'],
  [
    'vercel',
    'https://api.vercel.com/v1/integrations/deploy/prj_n4rbH3/UOVMfKjLWg?buildCache=false',
  ],
  ['cloudflare-pages', 'https://api.cloudflare.com/client/v4/pages/webhooks/deploy_hooks/66e0-41'],
  ['cloudflare-pages', 'https://api.cloudflare.com/client/v4/workers/builds/deploy_hooks/66e0-41'],
  ['github', 'https://api.github.com/repos/acme/site/dispatches'],
  ['github', 'https://git.example.org/api/v3/repos/acme/site/dispatches'],
  ['github', 'https://api.acme.ghe.com/repos/acme/site/dispatches'],
];

test.each(right)('%s accepts %s', (preset, url) => {
  expect(presetUrlProblem(preset, url)).toBeUndefined();
});

test.each(PRESETS)('%s accepts the address of a proxy or of a local receiver', (preset) => {
  expect(presetUrlProblem(preset, 'http://127.0.0.1:4000/rebuild')).toBeUndefined();
  expect(presetUrlProblem(preset, 'http://[::1]:4000/')).toBeUndefined();
  expect(presetUrlProblem(preset, 'https://proxy.example.org/hooks/1?key=2')).toBeUndefined();
});

const wrong: [Preset, string, RegExp][] = [
  [
    'netlify',
    'https://app.netlify.com/sites/acme',
    /for people.*api\.netlify\.com\/build_hooks\/ID/,
  ],
  ['netlify', 'https://api.netlify.com/api/v1/sites', /is not the URL of a hook/],
  ['netlify', 'http://api.netlify.com/build_hooks/5c2335', /must begin with https/],
  ['netlify', 'https://api.vercel.com/v1/integrations/deploy/p/h', /preset 'vercel'/],
  ['vercel', 'https://vercel.com/acme/site', /for people/],
  ['vercel', 'https://api.vercel.com/v13/deployments', /is not the URL of a hook/],
  [
    'vercel',
    'https://api.vercel.com/v1/integrations/deploy/prj_n4rbH3',
    /is not the URL of a hook/,
  ],
  ['cloudflare-pages', 'https://dash.cloudflare.com/1/pages', /for people/],
  [
    'cloudflare-pages',
    'https://api.cloudflare.com/client/v4/accounts/1',
    /is not the URL of a hook/,
  ],
  ['cloudflare-pages', 'https://api.netlify.com/build_hooks/5c2335', /preset 'netlify'/],
  ['github', 'https://github.com/acme/site', /for people.*repos\/OWNER\/REPOSITORY\/dispatches/],
  ['github', 'https://api.github.com/repos/acme/site', /is not the URL of a hook/],
  ['github', 'https://api.github.com/repos/acme/site/dispatches/', /is not the URL of a hook/],
  ['github', 'https://api.github.com/repos/acme/dispatches', /is not the URL of a hook/],
  ['github', 'http://api.github.com/repos/acme/site/dispatches', /must begin with https/],
  ['github', 'https://git.example.org/api/v3/repos/acme/site', /ends with \/api\/v3\/repos/],
];

test.each(wrong)('%s refuses %s, and says what to enter', (preset, url, message) => {
  expect(presetUrlProblem(preset, url)).toMatch(message);
});

test('a refusal does not repeat the address, which may be a secret', () => {
  for (const [preset, url] of wrong) {
    expect(presetUrlProblem(preset, url)).not.toContain(new URL(url).pathname);
  }
});
