import type { Author } from '../../../shared';
import { useTexts } from '../use-texts';

/** `by Ada Editor` */
export function AuthorText({ author: { kind, name } }: { author: Author }) {
  const say = useTexts();
  return <>{say(`author.${kind}`, { name: name ?? say('author.unknown') })}</>;
}
