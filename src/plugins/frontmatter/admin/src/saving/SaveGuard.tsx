import { useQueryParams } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import { useShapes } from '../panel/use-shapes';
import { GuardedForm } from './GuardedForm';

/** Below the buttons of a form: what became of a save, and what of an earlier form was never saved. */
export function SaveGuard({ slug: model }: { slug: string }) {
  const { id, origin } = useParams();
  const [{ query }] = useQueryParams<{ status?: string }>();
  const shape = useShapes().find(({ contentType }) => contentType === model);
  // A copy is saved as a document of its own, and is none yet; what is published is not edited.
  if (!shape || origin !== undefined || query?.status === 'published') return null;
  const documentId = id === 'create' ? undefined : id;
  return <GuardedForm key={documentId ?? 'new'} documentId={documentId} shape={shape} />;
}
