import fc from 'fast-check';
import { addressProblem, urlProblem } from './address';

const allows = (host: string): string =>
  `add '${host}' to allowedHosts of deploy-hooks in config/plugins.ts, or to the variable that it reads`;

test.each(['1.1.1.1', '93.184.215.14', '2606:4700:4700::1111', '2a00:1450:4001:80e::200e'])(
  '%s is public',
  (address) => {
    expect(addressProblem(address)).toBeUndefined();
  }
);

test.each([
  ['10.0.0.1', 'a private address'],
  ['172.16.0.1', 'a private address'],
  ['192.168.1.1', 'a private address'],
  ['127.0.0.1', 'a loopback address'],
  ['127.255.255.254', 'a loopback address'],
  ['169.254.0.1', 'a link-local address'],
  ['169.254.169.254', 'the metadata service of a cloud'],
  ['168.63.129.16', 'the metadata service of a cloud'],
  ['100.100.100.200', 'the metadata service of a cloud'],
  ['fd00:ec2::254', 'the metadata service of a cloud'],
  ['100.64.0.1', 'an address behind carrier-grade NAT'],
  ['0.0.0.0', 'the unspecified address'],
  ['0.1.2.3', 'the unspecified address'],
  ['255.255.255.255', 'the broadcast address'],
  ['224.0.0.1', 'a multicast address'],
  ['192.0.2.1', 'a reserved address'],
  ['198.18.0.1', 'a reserved address'],
  ['240.0.0.1', 'a reserved address'],
  ['::', 'the unspecified address'],
  ['::1', 'a loopback address'],
  ['fe80::1', 'a link-local address'],
  ['fe80::1%eth0', 'a link-local address'],
  ['fc00::1', 'a private address (unique local)'],
  ['fd12:3456::1', 'a private address (unique local)'],
  ['fec0::1', 'a private address (site local)'],
  ['ff02::1', 'a multicast address'],
  ['100::1', 'a reserved address'],
  ['2001:db8::1', 'a reserved address'],
  ['2001:0:1::1', 'a reserved address'],
  ['::7f00:1', 'a reserved address'],
  ['4000::1', 'a reserved address'],
  ['64:ff9b:1::a00:1', 'a reserved address'],
  ['not an address', 'which is not an address'],
])('refuses %s as %s, and says how to allow it', (address, kind) => {
  expect(addressProblem(address, 'build.test')).toBe(
    `leads to ${address}, ${kind}: if that is meant, ${allows('build.test')}`
  );
});

test.each([
  ['::ffff:10.0.0.1', 'a private address'],
  ['::ffff:7f00:1', 'a loopback address'],
  ['::ffff:169.254.169.254', 'the metadata service of a cloud'],
  ['64:ff9b::10.0.0.1', 'a private address'],
  ['64:ff9b::a9fe:a9fe', 'the metadata service of a cloud'],
  ['2002:a00:1::1', 'a private address'],
  ['2002:7f00:1::', 'a loopback address'],
])('refuses %s for the IPv4 address within it, %s', (address, kind) => {
  expect(addressProblem(address)).toContain(`, ${kind}: `);
});

test.each(['::ffff:1.1.1.1', '64:ff9b::1.1.1.1', '2002:101:101::1'])(
  '%s is public, as the IPv4 address within it is',
  (address) => {
    expect(addressProblem(address)).toBeUndefined();
  }
);

const octet = fc.integer({ min: 0, max: 255 });
const privateAddresses = fc
  .oneof(
    fc.tuple(fc.constant(10), octet, octet, octet),
    fc.tuple(fc.constant(127), octet, octet, octet),
    fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
    fc.tuple(fc.constant(169), fc.constant(254), octet, octet)
  )
  .map((octets) => octets as number[]);

const hex = (octets: number[]): string =>
  octets.map((each) => each.toString(16).padStart(2, '0')).join('');
const toNumber = (octets: number[]): number => parseInt(hex(octets), 16);

test('refuses a private address in every spelling of a URL', () => {
  const spellings: ((octets: number[]) => string)[] = [
    (octets) => octets.join('.'),
    (octets) => `${octets.join('.')}.`,
    (octets) => String(toNumber(octets)),
    (octets) => `0x${hex(octets)}`,
    (octets) => `0${toNumber(octets).toString(8)}`,
    (octets) => octets.map((each) => `0${each.toString(8)}`).join('.'),
    ([first = 0, ...rest]) => `${first}.${toNumber(rest)}`,
    (octets) => `[::ffff:${octets.join('.')}]`,
    (octets) => `[::FFFF:${hex(octets.slice(0, 2))}:${hex(octets.slice(2))}]`,
    (octets) => `[64:ff9b::${octets.join('.')}]`,
    (octets) => `[2002:${hex(octets.slice(0, 2))}:${hex(octets.slice(2))}::1]`,
    (octets) => [...octets.join('.')].map((each) => `%${each.charCodeAt(0).toString(16)}`).join(''),
  ];
  fc.assert(
    fc.property(privateAddresses, fc.constantFrom(...spellings), (octets, spell) => {
      expect(urlProblem(`https://${spell(octets)}/hook`, [])).toMatch(
        /^leads to .* add '.+' to allowedHosts/
      );
    })
  );
});

test('allowing the host that the message names allows the URL', () => {
  const hosts = fc.oneof(
    privateAddresses.map((octets) => octets.join('.')),
    privateAddresses.map((octets) => `[::ffff:${octets.join('.')}]`),
    fc.constantFrom('localhost', 'LOCALHOST.', 'a.localhost', '[::1]', '[fd00::7]', '127.1')
  );
  fc.assert(
    fc.property(hosts, fc.constantFrom('', ':3000'), (host, port) => {
      const url = `http://${host}${port}/hook`;
      const [, named = ''] = /add '(\S+)' to allowedHosts/.exec(urlProblem(url, []) ?? '') ?? [];
      expect(urlProblem(url, [named])).toBeUndefined();
    })
  );
});

test.each([
  ['https://api.netlify.com/build_hooks/5f3c?trigger_branch=main'],
  ['http://hooks.example.org:8080/'],
  ['https://1.1.1.1/'],
  ['https://[2606:4700:4700::1111]/'],
  ['https://localhost.example.org/'],
])('%s can be saved', (url) => {
  expect(urlProblem(url, [])).toBeUndefined();
});

test.each([
  ['', /^is not a URL/],
  ['example.org/hook', /^is not a URL/],
  ['https://', /^is not a URL/],
  ['https://256.0.0.1/', /^is not a URL/],
  ['ftp://example.org/', /^must begin with https/],
  ['file:///etc/passwd', /^must begin with https/],
  ['javascript:alert(1)', /^must begin with https/],
  ['https://user@example.org/', /^contains a user name or password/],
  ['https://:pass@example.org/', /^contains a user name or password/],
  ['http://localhost:1337/', /^leads to localhost, the machine of the CMS itself/],
  ['http://LOCALHOST../', /^leads to localhost, /],
  ['http://api.localhost/', /^leads to api\.localhost, /],
  ['http://127.1/', /^leads to 127\.0\.0\.1, a loopback address/],
  ['http://0x7f000001/', /^leads to 127\.0\.0\.1, a loopback address/],
  ['http://[::1]/', /^leads to ::1, a loopback address/],
  ['http://[::ffff:10.0.0.1]/', /^leads to 10\.0\.0\.1, a private address/],
  ['http://169.254.169.254/latest/meta-data', /the metadata service of a cloud/],
  ['http://①②⑦.0.0.1/', /a loopback address/],
])('%j is refused', (url, message) => {
  expect(urlProblem(url, [])).toMatch(message);
});

test.each([
  ['http://localhost:3000/', 'localhost', true],
  ['http://localhost:3000/', 'localhost:3000', true],
  ['http://localhost:3000/', ' LocalHost. ', true],
  ['http://localhost:3000/', 'localhost:80', false],
  ['http://localhost/', 'localhost:80', true],
  ['https://localhost/', 'localhost:443', true],
  ['https://localhost/', 'localhost:80', false],
  ['http://localhost/', '127.0.0.1', false],
  ['http://a.localhost/', 'localhost', false],
  ['http://127.1/', '127.0.0.1', true],
  ['http://[::1]:3000/', '::1', true],
  ['http://[::1]:3000/', '[::1]', true],
  ['http://[::1]:3000/', '[0:0::1]:3000', true],
  ['http://[::1]:3000/', '[::1]:3001', false],
  ['http://[::ffff:10.0.0.1]/', '10.0.0.1', true],
  ['http://10.0.0.1/', '10.0.0', false],
  ['http://10.0.0.1/', '10.0.0.0/8', false],
])('whether %s is allowed by the setting %j: %s', (url, allowed, isAllowed) => {
  expect(urlProblem(url, ['other.test', allowed]) === undefined).toBe(isAllowed);
});

test('an allowed host may have neither credentials nor another scheme', () => {
  expect(urlProblem('http://user:pass@localhost/', ['localhost'])).toMatch(/^contains a user name/);
  expect(urlProblem('ftp://localhost/', ['localhost'])).toMatch(/^must begin with/);
});
