export declare const rejectionsFile: string;
export declare function rejectionsPage(): string;
