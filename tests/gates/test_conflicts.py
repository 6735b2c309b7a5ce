"""The conflicts that the notes of the research name show, each with all readings and who gives them."""

from __future__ import annotations

import pytest

from kg.graph import Graph
from kg.tables.table import Table

# Subject, property, and for each reading a piece of its words or the document that gives it.
CONFLICTS = [
    # catl
    ("base/guian", "startedOn", ("2021-12-24", "February 2022")),
    ("base/cheliwan", "landArea", ("1300", "2316")),
    ("base/cheliwan", "plannedInvestment", ("10000000000", "13500000000")),
    ("company/brunp", "shareholding", ("53 percent", "65 percent")),
    ("base/yanzhou", "plannedInvestment", ("14000000000 Chinese yuan", "14000000000 US dollar")),
    # more
    ("park/dalong-edz", "indicator", ("document/ahstudent-dalong-2022", "document/gzstv-dalong")),
    ("place/tongren", "indicator", ("document/gzstv-dalong", "document/xieliao-tongren-2024")),
    ("event/guizhou-delta-conference", "indicator", ("46632000000", "46600000")),
    ("park/taizhou-wenling-edz", "landArea", ("38 square kilometre", "163.24")),
    ("plant/aesc-florence", "indicator", ("document/cro-aesc-2025", "document/heregreenwood-aesc-2025")),
    ("agreement/gba-pilots-2024", "indicator", ("document/menafn-gba-results-2024", "document/wso-gba-2024")),
    ("plant/btr-tangier-anode", "plannedInvestment", ("350000000", "366000000")),
    ("plant/koura-st-gabriel/lipf6", "plannedCapacity", ("10000", "11000")),
    ("plant/zaragoza", "indicator", ("document/abbo-stellantis-2024", "document/bestmag-stellantis-2024")),
    ("plant/hailiang-tanger", "plannedInvestment", ("288000000", "450000000")),
    ("centre/icl-st-louis", "plannedInvestment", ("20000000", "30000000")),
    ("plant/siro-gemlik", "plannedCapacity", ("15 ", "20 ", "50 ")),
    ("plant/siro-gemlik", "expectedJobs", ("2200", "7000")),
    ("plant/gib-surany", "landArea", ("65 hectare", "100 hectare")),
    ("plant/gib-surany/phase-one", "expectedLaunch", ("2026", "2027")),
    ("vessel/zhonghuaizhou-400teu", "indicator", ("document/seanews-wuhu-2025", "document/shorize-2025")),
    # parks
    ("plant/eve-debrecen", "plannedCapacity", ("28 ", "30 ")),
    ("plant/calb-sines", "landArea", ("45 hectare", "92 hectare")),
    ("plant/aesc-douai", "plannedCapacity", ("24 ", "30 ")),
    ("plant/acc-douvrin", "plannedCapacity", ("28 ", "40 ")),
    ("plant/hithium-texas", "expectedJobs", ("141", "200")),
    ("park/boao-zero-carbon-zone", "indicator", ("11300", "12000")),
    # catl, parks and more: deliveries and agreements told by several rows
    ("supply/lopal-catl-lfp-cathode-for-overseas-factories", "period", ("2026-06/2031", "2025/2031")),
    (
        "supply/senior-lges-separators-for-plants-worldwide",
        "supplyMode",
        ("document/autopostk-senior-lges", "document/yicai-senior-lges-2023"),
    ),
    ("supply/changzhou-liyuan-lges-lfp-cathode-material", "volume", ("160000", "260000")),
    ("supply/lg-chem-general-motors-ncma-cathode-five-million-vehicles", "volume", ("950000", "1000000")),
    ("plant/aesc-florence", "indicator", ("125000000", "135000000")),
    ("agreement/sdi-god-aid-2023", "indicator", ("108000000", "89600000")),
    ("agreement/sdi-us-lfp-2025", "indicator", ("2000000000000 ", "15000000000 ")),
    # issues.csv of catl and parks
    ("project/halmahera", "landArea", ("2000 hectare", "3023 hectare")),
    ("base/yibin", "indicator", ("190 ", "295 ")),
    ("plant/times-changan-gaozhu", "plannedInvestment", ("5000000000", "5500000000")),
    ("base/yanzhou/phase-two", "expectedLaunch", ("2024", "2026")),
    ("base/yanzhou/phase-three", "expectedLaunch", ("2025", "2027")),
    ("plant/skon-gem-precursor-korea", "plannedCapacity", ("43000", "50000")),
    ("agreement/wuxi-singapore-2023", "indicator", ("46000000000", "46400000000")),
    # chain2
    ("supply/jiayuan-catl-anode-current-collectors", "volume", ("626000", "at least 624000")),
    ("plant/blueoval-michigan", "plannedCapacity", ("35 ", "20 ")),
    ("plant/blueoval-michigan", "expectedJobs", ("2500 ", "1700 ")),
    ("plant/blueoval-michigan", "plannedInvestment", ("3500000000", "3000000000")),
    ("plant/lges-arizona-ess", "plannedCapacity", ("16 ", "16.3 ", "17 ")),
    ("plant/lges-arizona", "plannedCapacity", ("11 ", "27 ", "36 ")),
    ("plant/starplus-indiana", "plannedCapacity", ("23 ", "33 ")),
    ("plant/gotion-michigan", "plannedInvestment", ("2300000000", "2360000000", "2400000000")),
    ("plant/gotion-michigan", "expectedJobs", ("2300 ", "2350 ")),
    ("plant/aesc-florence", "expectedJobs", ("1600 ", "1620 ")),
    ("plant/calb-sines", "plannedInvestment", ("2000000000", "2060000000")),
    ("plant/calb-sines", "expectedLaunch", ("2025", "2028")),
    ("plant/eve-malaysia-storage", "plannedInvestment", ("459690000", "1200000000")),
    ("plant/sunwoda-nyiregyhaza/phase-one", "plannedInvestment", ("93000000000", "245000000", "274710000")),
    ("plant/sunwoda-nyiregyhaza", "plannedInvestment", ("580000000000", "1500000000", "1700000000")),
    ("plant/northvolt-six/phase-one", "plannedCapacity", ("15 ", "30 ")),
    ("plant/amplify-mississippi", "landArea", ("500 acre", "500 hectare")),
    ("plant/amplify-mississippi", "expectedLaunch", ("2027", "2028")),
    ("plant/umicore-eu-recycling", "expectedLaunch", ("2026", "2032")),
    ("plant/umicore-eu-recycling", "plannedInvestment", ("500000000 euro", "525000000 US")),
    ("plant/rochester-hub", "plannedInvestment", ("700000000", "960000000")),
    ("plant/ascend-apex-one", "plannedInvestment", ("310000000", "1000000000")),
    ("plant/cirba-lancaster/expansion", "plannedInvestment", ("200000000", "400000000")),
    ("company/vianode", "indicator", ("about 80000", "at most 150000")),
    ("plant/btr-indonesia", "plannedCapacity", ("160000", "180000")),
    ("plant/ecopro-debrecen", "plannedInvestment", ("710000000", "728000000")),
    ("base/sdlomon-deyang/lfp", "plannedCapacity", ("200000", "60000")),
    # parks2
    ("plant/hyphen-project", "plannedCapacity", ("300000", "350000")),
    ("plant/hyphen-project", "plannedInvestment", ("9400000000", "10000000000", "170000000000")),
    ("park/kihi-kaltara", "landArea", ("13000 ", "16400 ", "30000 ")),
    ("park/kihi-kaltara", "expectedJobs", ("160000 ", "200000 ")),
    ("park/imip", "indicator", ("3000 hectare", "3200 hectare")),
    ("park/kalundborg-symbiosis", "indicator", ("3000000 cubic", "3600000 cubic")),
    ("plant/stegra-boden", "plannedCapacity", ("2400000", "2500000")),
    ("plant/stegra-boden", "indicator", ("690 megawatt", "740 megawatt")),
    ("plant/gotion-kenitra/phase-one", "plannedInvestment", ("12800000000", "13000000000")),
    ("plant/byd-camacari", "plannedInvestment", ("3000000000", "5500000000")),
    ("park/masdar-city", "landArea", ("1483 acre", "640 hectare")),
    ("park/suez-canal-ez", "landArea", ("455 ", "461 ")),
    ("park/ras-al-khair", "indicator", ("150000000000", "175000000000")),
    ("plant/nzt-power", "plannedCapacity", ("742 ", "860 ")),
    ("plant/nzt-power", "expectedLaunch", ("2027", "2028")),
    ("park/solaseado-dc-park", "plannedInvestment", ("10000000000000", "7500000000")),
    ("park/sino-german-ecopark", "landArea", ("10 ", "11.6 ")),
    ("place/haiyang-shandong", "indicator", ("427000 kilowatt", "5130000 kilowatt")),
    ("plant/karawang", "plannedCapacity", ("6.9 ", "15 ", "40 ")),
    ("plant/karawang", "plannedInvestment", ("5900000000", "6000000000")),
]
# These name a year for each reading, which no table of conflicts sets against each other: Kalundborg's CO2 (2010,
# 2015, none), Dalong's 25 and 26 percent (2022, 2021), the first output value of Ruiqing Times (2022, 2021). The
# output of Jianxiawo, 46,000 to 65,000 tonnes, is a range of one page beside its capacity. LG Chem has two contracts
# with General Motors, of 2022 and of 2024, each a delivery of its own. The figures of Shantou are plans of one page.
# The second reading ended nine: one page tells Jianxiawo's 46,000 tonnes as output; Koura's 100 jobs are of both
# works, the 200 of one; Northvolt Drei's 2028 is when a capacity is reached; CATL's 33 percent of Shenghua is agreed,
# not held; the days of signing of Guangdong and of Guizhou are not printed as such; and Novonix' 10,000 tonnes carry
# no bound on any page. Chifeng's 300,000 tonnes are told of the park, the 320,000 of the phase; the 876 acres of
# Florence are of the park that its incentive creates, not of the Tech Park.


@pytest.mark.parametrize(("subject", "relation", "readings"), CONFLICTS, ids=lambda part: str(part))
def test_conflict_of_the_notes_shows_with_all_readings(
    wide_graph: Graph, subject: str, relation: str, readings: tuple[str, ...]
) -> None:
    table: Table = wide_graph.conflicts(subject)
    rows = [(str(row[2]), str(row[4])) for row in table.rows if str(row[1]) == relation]
    assert len({document for _, document in rows}) > 1
    for reading in readings:
        assert any(reading in words or reading == document for words, document in rows)
