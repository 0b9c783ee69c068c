/** The demo's shop: what it sells, where it keeps that, and how much of it. */

/** When in the year an item sells. */
export type Season = "even" | "winter" | "summer" | "gifts";

/** What the demo knows of an item. Quantities in steps: pieces, or grams for goods by weight. */
export interface Ware {
  readonly sku: string;
  readonly name: string;
  readonly unit: "piece" | "kg";
  readonly precision: 0 | 3;
  readonly category: string;
  readonly season: Season;
  /** How often it is bought, compared with the others. */
  readonly popularity: number;
  /** Cents for a piece or a kilogram. */
  readonly unitCost: number;
  /** What a supplier packs together. */
  readonly pack: number;
  /** Below this a shop is sent more, up to three times as much. */
  readonly shopMinimum: number;
}

export const COMPANY = "harbour-tea";
export const WAREHOUSE = "warehouse";
export const SHOPS = ["shop-harbour", "shop-market"] as const;
export type Shop = (typeof SHOPS)[number];
export type Place = typeof WAREHOUSE | Shop;
export const PLACES: readonly Place[] = [WAREHOUSE, ...SHOPS];

export const LOCATIONS = [
  { id: COMPANY, name: "Harbour Tea & Coffee", kind: "company", parent: null },
  { id: WAREHOUSE, name: "Warehouse, Dock Road", kind: "warehouse", parent: COMPANY },
  { id: "shop-harbour", name: "Harbour Street shop", kind: "shop", parent: COMPANY },
  { id: "shop-market", name: "Market Hall shop", kind: "shop", parent: COMPANY },
] as const;

export const CATEGORIES = [
  { id: "tea", name: "Tea" },
  { id: "coffee", name: "Coffee" },
  { id: "ware", name: "Pots, cups and tools" },
  { id: "sweet", name: "Things to go with it" },
] as const;

export const SUPPLIER = "Albion Import Co.";
export const TIME_ZONE = "Europe/Dublin";
export const CURRENCY = "EUR";

/** An item by the kilogram, packed in whole kilograms. */
function loose(
  category: "tea" | "coffee",
  sku: string,
  name: string,
  season: Season,
  popularity: number,
  unitCost: number,
): Ware {
  const shopMinimum = Math.round(popularity * 0.8) * 1_000;
  const pack = category === "coffee" ? 10_000 : 5_000;
  return {
    ...{ sku, name, category, season, popularity, unitCost, pack, shopMinimum },
    unit: "kg",
    precision: 3,
  };
}

/** An item by the piece, packed by the dozen or half of it. */
function piece(
  category: "ware" | "sweet",
  sku: string,
  name: string,
  season: Season,
  popularity: number,
  unitCost: number,
): Ware {
  const shopMinimum = Math.max(3, Math.round(popularity * 3));
  const pack = unitCost > 1_500 ? 6 : 12;
  return {
    ...{ sku, name, category, season, popularity, unitCost, pack, shopMinimum },
    unit: "piece",
    precision: 0,
  };
}

export const WARES: readonly Ware[] = [
  loose("tea", "TEA-ASSAM", "Assam Mangalam", "winter", 9, 1_850),
  loose("tea", "TEA-DARJEELING", "Darjeeling First Flush", "even", 5, 5_400),
  loose("tea", "TEA-EARLGREY", "Earl Grey", "even", 10, 1_690),
  loose("tea", "TEA-ENGLISH", "English Breakfast", "even", 10, 1_420),
  loose("tea", "TEA-CEYLON", "Ceylon Highgrown", "even", 5, 1_780),
  loose("tea", "TEA-SENCHA", "Sencha Yabukita", "summer", 6, 3_150),
  loose("tea", "TEA-GENMAICHA", "Genmaicha", "even", 4, 2_380),
  loose("tea", "TEA-JASMINE", "Jasmine Pearls", "even", 4, 4_850),
  loose("tea", "TEA-OOLONG", "Milky Oolong", "even", 3, 4_200),
  loose("tea", "TEA-ROOIBOS", "Rooibos", "winter", 6, 1_150),
  loose("tea", "TEA-PEPPERMINT", "Peppermint", "summer", 7, 1_080),
  loose("tea", "TEA-CHAI", "Masala Chai", "winter", 8, 1_540),
  loose("tea", "TEA-WINTER", "Winter Spice Blend", "gifts", 6, 1_620),
  loose("coffee", "COF-HOUSE", "House Espresso", "even", 16, 1_290),
  loose("coffee", "COF-YIRGA", "Ethiopia Yirgacheffe", "even", 9, 1_980),
  loose("coffee", "COF-HUILA", "Colombia Huila", "even", 9, 1_640),
  loose("coffee", "COF-SANTOS", "Brazil Santos", "even", 8, 1_180),
  loose("coffee", "COF-MANDHELING", "Sumatra Mandheling", "winter", 5, 1_750),
  loose("coffee", "COF-DECAF", "Decaf, Swiss Water", "even", 6, 1_890),
  loose("coffee", "COF-COLDBREW", "Cold Brew Blend", "summer", 6, 1_350),
  piece("ware", "POT-06", "Teapot 0.6 l, stoneware", "gifts", 2, 1_460),
  piece("ware", "POT-12", "Teapot 1.2 l, cast iron", "gifts", 1.5, 3_280),
  piece("ware", "CUP-STONE", "Stoneware cup", "gifts", 5, 420),
  piece("ware", "MUG-ENAMEL", "Enamel mug", "summer", 4, 350),
  piece("ware", "STRAINER", "Tea strainer, steel", "even", 5, 290),
  piece("ware", "INFUSER", "Tea infuser basket", "even", 4, 480),
  piece("ware", "TEAFILTER-100", "Paper tea filters, 100", "even", 7, 160),
  piece("ware", "DRIP-02", "Coffee dripper no. 2", "even", 3, 890),
  piece("ware", "FILTER-02", "Coffee filters no. 2, 100", "even", 9, 210),
  piece("ware", "PRESS-350", "French press 0.35 l", "gifts", 2, 1_240),
  piece("ware", "PRESS-1000", "French press 1 l", "gifts", 2, 1_890),
  piece("ware", "GRINDER", "Hand grinder, steel burrs", "gifts", 1.5, 3_950),
  piece("ware", "KETTLE", "Gooseneck kettle", "gifts", 1, 4_400),
  piece("ware", "SCALE", "Brewing scale", "gifts", 1, 2_150),
  piece("ware", "TIN-100", "Tea tin, 100 g", "gifts", 5, 240),
  piece("ware", "TIN-250", "Coffee tin, 250 g", "even", 4, 310),
  piece("sweet", "SHORTBREAD", "Butter shortbread, 200 g", "winter", 9, 230),
  piece("sweet", "BISCOTTI", "Almond biscotti, 180 g", "even", 7, 260),
  piece("sweet", "CHOC-70", "Dark chocolate 70 %, 100 g", "winter", 8, 210),
  piece("sweet", "HONEY-250", "Heather honey, 250 g", "winter", 5, 390),
  piece("sweet", "COCOA", "Drinking chocolate, 250 g", "winter", 5, 340),
  piece("sweet", "GIFTBOX", "Gift box, tea & shortbread", "gifts", 4, 1_180),
];
