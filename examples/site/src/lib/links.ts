/** An address of the frontmatter for a link; nothing for one that would run a script. */
export function linkTo(
  address: string | null | undefined,
  site: URL | undefined
): string | undefined {
  if (!address || !URL.canParse(address, site)) return undefined;
  const { protocol, href } = new URL(address, site);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
