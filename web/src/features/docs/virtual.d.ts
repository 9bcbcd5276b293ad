/** api/openapi.yaml, read when the page is built. */
declare module 'virtual:contract' {
  const contract: unknown;
  export default contract;
}
