import type { Core } from '@strapi/strapi';
import { writeLockModel } from './write-lock-model';

export function register({ strapi }: { strapi: Core.Strapi }): void {
  strapi.get('models').add(writeLockModel);
}
