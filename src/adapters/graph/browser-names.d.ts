/*
 * Names of the browser's library that the declarations of the Graph client use and those of Node lack.
 */

type HeadersInit = NonNullable<ConstructorParameters<typeof Headers>[0]>;
type RequestInfo = Request | string;
