import { Link } from '@strapi/design-system';
import { useTexts } from './use-texts';

/** A link to what a host deployed, or to the log of a build. */
export function BuildLink({ href, isLive }: { href: string; isLive: boolean }) {
  const say = useTexts();
  return (
    <Link href={href} isExternal>
      {say(isLive ? 'build.open' : 'build.log')}
    </Link>
  );
}
