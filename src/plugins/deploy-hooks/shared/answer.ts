/** The answer of every route except the list of deliveries, which has pages. */
export interface Answer<T> {
  data: T;
}
