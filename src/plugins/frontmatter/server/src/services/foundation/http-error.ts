import { httpErrors } from '../../../../kit/strapi-utils';

/** Makes an error with a status that Strapi passes on with its message and details. */
export const createHttpError = (status: number, message: string, details: object = {}): Error =>
  httpErrors(status, message, { details });
