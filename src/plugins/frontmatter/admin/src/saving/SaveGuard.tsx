import { useQueryParams } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import { useShapes } from '../panel/use-shapes';
import { GuardedForm } from './GuardedForm';

/** Below a form's buttons: the result of a save, and unsaved text from an earlier session. */
export function SaveGuard({ slug: model }: { slug: string }) {
  const { id, origin } = useParams();
  const [{ query }] = useQueryParams<{ status?: string }>();
  const shape = useShapes().find(({ contentType }) => contentType === model);
  // A copy is saved as a new document and does not exist yet; published versions are not edited.
  if (!shape || origin !== undefined || query?.status === 'published') return null;
  const documentId = id === 'create' ? undefined : id;
  return <GuardedForm key={documentId ?? 'new'} documentId={documentId} shape={shape} />;
}
