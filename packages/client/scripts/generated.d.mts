export declare function present(name: string): string;
export declare function generated(): Promise<Readonly<Record<string, string>>>;
