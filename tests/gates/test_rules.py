"""What each rule of ontology/rules infers, and what it must not.

Facts are Turtle. Every case gives all that its rule infers from its facts, so that what is
not listed is shown not to follow; the comments SHOULD NOT say which facts are there for that.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cards.files import read_cards
from kg.claims.accepted_view import apply_rules
from kg.claims.assemble import assemble
from kg.claims.rules import Rule, read_rules
from kg.errors import InputError
from kg.ontology.source import ontology_quads
from kg.ontology.vocabulary import load_vocabulary
from kg.provenance.lineage_parser import parse_lineage
from kg.rdf.namespaces import BASE, KG, PREFIXES, expand, shorten
from kg.rdf.store import Fact, facts

ONTOLOGY = Path(__file__).parents[2] / "ontology"
RULES = {rule.name: rule for rule in read_rules(ONTOLOGY / "rules")}

# The facts of each case, and the lines that its rule must infer from them.
CASES: dict[str, tuple[str, str]] = {
    "partner-of": (
        """
        kg:Signed kg:makesPartners true . kg:StageAnnounced kg:makesPartners true .
        <deal> kg:agreementStage kg:Signed ; kg:party <deal-a> , <deal-b> , <deal-also-a> .
        <deal-a> kg:partyOrganisation <maker> .
        <deal-b> kg:partyOrganisation <city> .
        # SHOULD NOT: a party is no partner of itself, though it has two roles.
        <deal-also-a> kg:partyOrganisation <maker> .
        # SHOULD NOT: nothing is signed.
        <idea> kg:agreementStage kg:Explored ; kg:party <idea-a> , <idea-b> .
        <plan> kg:agreementStage kg:Proposed ; kg:party <idea-a> , <idea-b> .
        <consensus> kg:agreementStage kg:ConsensusReached ; kg:party <idea-a> , <idea-b> .
        <past> kg:agreementStage kg:Ended ; kg:party <idea-a> , <idea-b> .
        <unknown> kg:party <idea-a> , <idea-b> .
        <idea-a> kg:partyOrganisation <maker> .
        <idea-b> kg:partyOrganisation <harbour> .
        # What is announced in common makes partners too; what one side grants does not.
        <venture> kg:agreementStage kg:StageAnnounced ; kg:party <deal-b> , <venture-a> .
        <venture-a> kg:partyOrganisation <fund> .
        <grant> kg:agreementStage kg:Granted ; kg:party <deal-b> , <grant-a> .
        <grant-a> kg:partyOrganisation <taker> .
        # SHOULD NOT: the other side is not named.
        <half> kg:agreementStage kg:Signed ; kg:party <half-a> .
        <half-a> kg:partyOrganisation <bank> .
        """,
        """
        <maker> kg:partnerOf <city>
        <city> kg:partnerOf <maker>
        <city> kg:partnerOf <fund>
        <fund> kg:partnerOf <city>
        """,
    ),
    "partner-of-collaborators": (
        """
        kg:Signed kg:makesPartners true .
        <park-work> kg:agreementStage kg:ConsensusReached ; kg:collaborator <one> , <other> ;
            # SHOULD NOT: who backs a collaboration takes no part in it.
            kg:backedBy <city> .
        <joint-work> kg:agreementStage kg:Signed ; kg:collaborator <one> , <third> .
        # SHOULD NOT: only talked of, over, or of no stated stage.
        <talk> kg:agreementStage kg:Explored ; kg:collaborator <one> , <fourth> .
        <offer> kg:agreementStage kg:Proposed ; kg:collaborator <one> , <fourth> .
        <past> kg:agreementStage kg:Ended ; kg:collaborator <one> , <fourth> .
        <unknown> kg:collaborator <one> , <fourth> .
        """,
        """
        <one> kg:partnerOf <other>
        <other> kg:partnerOf <one>
        <one> kg:partnerOf <third>
        <third> kg:partnerOf <one>
        """,
    ),
    "codeveloped-by": (
        """
        kg:Signed kg:makesPartners true .
        kg:DevelopmentZone rdfs:subClassOf kg:Park .
        <park> a kg:Park .
        <zone> a kg:DevelopmentZone .
        <work> kg:agreementStage kg:ConsensusReached ; kg:develops <park> , <zone> ; kg:collaborator <one> , <other> .
        # SHOULD NOT: who backs it does not develop it.
        <work> kg:backedBy <city> .
        # SHOULD NOT: a works is no park.
        <plant> a kg:Plant .
        <work> kg:develops <plant> .
        # SHOULD NOT: only talked of, or of no stated stage.
        <talk> kg:agreementStage kg:Explored ; kg:develops <park> ; kg:collaborator <third> .
        <unknown> kg:develops <park> ; kg:collaborator <third> .
        """,
        """
        <park> kg:codevelopedBy <one>
        <park> kg:codevelopedBy <other>
        <zone> kg:codevelopedBy <one>
        <zone> kg:codevelopedBy <other>
        """,
    ),
    "owned-by": (
        """
        <venture> kg:shareholding <share-a> , <share-b> .
        <share-a> kg:shareholder <maker> .
        <share-b> kg:shareholder <bank> .
        # SHOULD NOT: a unit of a group is not thereby owned, nor is a base by who runs it.
        <unit> kg:unitOf <maker> .
        <base> kg:operator <maker> .
        # SHOULD NOT: treasury shares make no company its own owner.
        <venture> kg:shareholding <share-c> .
        <share-c> kg:shareholder <venture> .
        """,
        """
        <venture> kg:ownedBy <maker>
        <venture> kg:ownedBy <bank>
        """,
    ),
    "known-on": (
        """
        <phase> kg:status <dated> , <said> , <never> .
        <dated> kg:statusValue kg:Operating ; kg:asOf [ kg:latest "2024-05-10"^^xsd:date ] .
        <said> kg:statusValue kg:Announced .
        # SHOULD NOT: of an undated document nothing is known for any day.
        <never> kg:statusValue kg:Announced .
        GRAPH <claim/a> { <phase> kg:status <dated> }
        GRAPH <claim/b> { <phase> kg:status <said> }
        GRAPH <claim/c> { <phase> kg:status <never> }
        GRAPH graph:ledger {
          <document/a> kg:makesClaim <claim/a> ; kg:publishedLatest "2024-06-01"^^xsd:date .
          <document/b> kg:makesClaim <claim/b> ; kg:publishedLatest "2024-02-29"^^xsd:date .
          <document/c> kg:makesClaim <claim/c> .
        }
        """,
        """
        <dated> kg:knownOn <2024-05-10>
        <said> kg:knownOn <2024-02-29>
        """,
    ),
    "current-status": (
        """
        # A day tells more than the month before it; the record without a date is older than any.
        <phase> kg:status <begun> , <running> , <sometime> .
        <begun> kg:statusValue kg:Construction ; kg:asOf [ kg:latest "2024-04-30"^^xsd:date ] .
        <running> kg:statusValue kg:Operating ; kg:asOf [ kg:latest "2024-05-10"^^xsd:date ] .
        <sometime> kg:statusValue kg:Announced .
        # None is dated: both count, since nothing tells them apart.
        <undated> kg:status <first> , <second> .
        <first> kg:statusValue kg:Announced .
        <second> kg:statusValue kg:Construction .
        # A date in words only is no day.
        <worded> kg:status <soon> , <now> .
        <soon> kg:statusValue kg:Announced ; kg:asOf [ kg:verbatim "some time ago" ] .
        <now> kg:statusValue kg:Operating ; kg:asOf [ kg:latest "2024-05-10"^^xsd:date ] .
        # Two documents of one day differ: both stand.
        <disputed> kg:status <trial> , <full> .
        <trial> kg:statusValue kg:Commissioning ; kg:asOf [ kg:latest "2023-10-31"^^xsd:date ] .
        <full> kg:statusValue kg:Operating ; kg:asOf [ kg:latest "2023-10-31"^^xsd:date ] .
        # SHOULD NOT: the status of a phase is not that of its base.
        <phase> kg:phaseOf <base> .
        """,
        """
        <phase> kg:currentStatus kg:Operating
        <undated> kg:currentStatus kg:Announced
        <undated> kg:currentStatus kg:Construction
        <worded> kg:currentStatus kg:Operating
        <disputed> kg:currentStatus kg:Commissioning
        <disputed> kg:currentStatus kg:Operating
        """,
    ),
    "superclass-type": (
        """
        kg:DevelopmentZone rdfs:subClassOf kg:Park . kg:Park rdfs:subClassOf kg:Site .
        kg:Concept rdfs:subClassOf skos:Concept .
        GRAPH graph:entities { <zone> rdf:type kg:DevelopmentZone . <word> rdf:type kg:Concept . }
        # SHOULD NOT: what stands in no entry keeps its own class.
        <value> rdf:type kg:Park .
        """,
        """
        <zone> rdf:type kg:Park
        <zone> rdf:type kg:Site
        """,
    ),
    "current-status-of-phases": (
        """
        kg:Announced kg:order 1 . kg:Construction kg:order 3 . kg:Operating kg:order 6 .
        <one> kg:phaseOf <base> ; kg:currentStatus kg:Operating .
        <two> kg:phaseOf <base> ; kg:currentStatus kg:Construction .
        <three> kg:phaseOf <base> .
        # SHOULD NOT: the site has a record of its own.
        <old> kg:phaseOf <told> ; kg:currentStatus kg:Operating .
        <told> kg:status <record> .
        # SHOULD NOT: that a phase was given up says nothing of the whole.
        <gone> kg:phaseOf <given-up> ; kg:currentStatus kg:Cancelled .
        """,
        """
        <base> kg:currentStatus kg:Operating
        """,
    ),
    "lies-within": (
        """
        <base> kg:locatedIn <district> . <plant> kg:partOf <base> . <phase> kg:phaseOf <base> .
        # SHOULD NOT: nothing lies within itself, and who runs it is no place.
        <odd> kg:locatedIn <odd> . <base> kg:operator <maker> .
        """,
        """
        <base> kg:liesWithin <district>
        <plant> kg:liesWithin <base>
        <phase> kg:liesWithin <base>
        """,
    ),
    "lies-within-further": (
        """
        <plant> kg:liesWithin <base> . <base> kg:locatedIn <district> . <district> kg:locatedIn <city> .
        <circle> kg:liesWithin <ring> . <ring> kg:locatedIn <circle> .
        """,
        """
        <plant> kg:liesWithin <district>
        <plant> kg:liesWithin <city>
        """,
    ),
    "phase-capacity-sum": (
        """
        unit:A kg:cardKey "A" . unit:B kg:cardKey "B" .
        <one> kg:phaseOf <base> ; kg:plannedCapacity <p1> ; kg:capacity <c1> .
        <two> kg:phaseOf <base> ; kg:capacity <c2> .
        <three> kg:phaseOf <base> ; kg:plannedCapacity <p3> .
        <p1> kg:comparisonValue 30.0 ; kg:comparisonUnit unit:A .
        <c1> kg:comparisonValue 10.0 ; kg:comparisonUnit unit:A .
        <c2> kg:comparisonValue 20.5 ; kg:comparisonUnit unit:A .
        <p3> kg:comparisonValue 7.0 ; kg:comparisonUnit unit:B .
        # SHOULD NOT: lines of other products do not add up.
        <line> rdf:type kg:ProductLine ; kg:phaseOf <base> ; kg:plannedCapacity <p4> .
        <p4> kg:comparisonValue 9.0 ; kg:comparisonUnit unit:A .
        # SHOULD NOT: a phase without a figure is not zero, and the whole is no phase.
        <four> kg:phaseOf <base> , <bare> . <base> kg:plannedCapacity <whole> .
        <whole> kg:comparisonValue 60.0 ; kg:comparisonUnit unit:A .
        """,
        """
        <base> kg:phaseCapacitySum <base#phaseCapacitySum.A>
        <base#phaseCapacitySum.A> rdf:type kg:Quantity
        <base#phaseCapacitySum.A> kg:value <50.5>
        <base#phaseCapacitySum.A> kg:unit unit:A
        <base#phaseCapacitySum.A> kg:bound kg:BoundNotStated
        <base#phaseCapacitySum.A> kg:comparisonValue <50.5>
        <base#phaseCapacitySum.A> kg:comparisonUnit unit:A
        <base> kg:phaseCapacitySum <base#phaseCapacitySum.B>
        <base#phaseCapacitySum.B> rdf:type kg:Quantity
        <base#phaseCapacitySum.B> kg:value <7>
        <base#phaseCapacitySum.B> kg:unit unit:B
        <base#phaseCapacitySum.B> kg:bound kg:BoundNotStated
        <base#phaseCapacitySum.B> kg:comparisonValue <7>
        <base#phaseCapacitySum.B> kg:comparisonUnit unit:B
        """,
    ),
    "broader-product": (
        """
        <triple-superphosphate> kg:broaderProduct <phosphate-fertiliser> .
        <phosphate-fertiliser> kg:broaderProduct kg:Fertiliser .
        # SHOULD NOT: the rule gives one step, the walk gives the rest.
        kg:Fertiliser skos:broader kg:Goods .
        """,
        """
        <triple-superphosphate> skos:broader <phosphate-fertiliser>
        <phosphate-fertiliser> skos:broader kg:Fertiliser
        """,
    ),
    "feeds": (
        """
        <mining> kg:outputProduct <ore> .
        <smelting> kg:inputProduct <ore> ; kg:outputProduct <metal> .
        # A loop is a loop.
        <recycling> kg:inputProduct <scrap> ; kg:outputProduct <ore> .
        <making> kg:inputProduct <metal> ; kg:outputProduct <scrap> .
        # SHOULD NOT: a stage does not feed itself, nor a part of itself.
        <making> kg:inputProduct <scrap> .
        <pressing> skos:broader <making> ; kg:inputProduct <scrap> .
        <stamping> skos:broader <pressing> ; kg:inputProduct <scrap> .
        # SHOULD NOT: two stages that take in one product do not feed each other.
        <casting> kg:inputProduct <ore> .
        """,
        """
        <mining> kg:feeds <smelting>
        <mining> kg:feeds <casting>
        <recycling> kg:feeds <smelting>
        <recycling> kg:feeds <casting>
        <smelting> kg:feeds <making>
        <making> kg:feeds <recycling>
        """,
    ),
    "feeds-from-narrower": (
        """
        <pressing> skos:broader <making> ; kg:feeds <use> .
        # SHOULD NOT: what stays within the broad stage does not leave it.
        <rolling> skos:broader <making> ; kg:feeds <pressing> , <making> .
        # SHOULD NOT: what feeds the narrower stage is another rule's.
        <smelting> kg:feeds <pressing> .
        """,
        """
        <making> kg:feeds <use>
        """,
    ),
    "feeds-to-narrower": (
        """
        <pressing> skos:broader <making> .
        <smelting> kg:feeds <pressing> .
        # SHOULD NOT: it comes from within.
        <rolling> skos:broader <making> ; kg:feeds <pressing> .
        <making> kg:feeds <pressing> .
        # SHOULD NOT: what the narrower stage feeds is another rule's.
        <pressing> kg:feeds <use> .
        """,
        """
        <smelting> kg:feeds <making>
        """,
    ),
    "made-label-agreement": (
        """
        kg:Memorandum rdfs:subClassOf kg:Agreement ; rdfs:label "备忘录"@zh . kg:Agreement rdfs:label "协议"@zh .
        <a-city> rdfs:label "A City"@en , "甲市"@zh . <b-maker> rdfs:label "B"@en . <c-bank> rdfs:label "丙行"@zh .
        <two> a kg:Memorandum , kg:Agreement ; kg:party [ kg:partyOrganisation <b-maker> ] ,
            [ kg:partyOrganisation <a-city> ] ; kg:signedOn [ kg:edtf "2024-03" ] .
        <three> a kg:Agreement ; kg:party [ kg:partyOrganisation <c-bank> ] , [ kg:partyOrganisation <b-maker> ] ,
            [ kg:partyOrganisation <a-city> ] .
        # SHOULD NOT: it has a Chinese name; one party is another rule's; what is no agreement has no parties.
        <named> a kg:Agreement ; rdfs:label "框架"@zh ; kg:party [ kg:partyOrganisation <b-maker> ] ,
            [ kg:partyOrganisation <a-city> ] .
        GRAPH graph:entities { <named> rdfs:label "框架"@zh . }
        <one> a kg:Agreement ; kg:party [ kg:partyOrganisation <a-city> ] .
        """,
        """
        <two> rdfs:label <甲市与B备忘录（2024年）>
        <three> rdfs:label <甲市与B等协议>
        """,
    ),
    "made-label-agreement-of-one": (
        """
        kg:Agreement rdfs:label "协议"@zh . <city> rdfs:label "City"@en , "甲市"@zh . <maker> rdfs:label "B"@en .
        <one> a kg:Agreement ; kg:party [ kg:partyOrganisation <city> ] ; kg:signedOn [ kg:edtf "2024" ] .
        <undated> a kg:Agreement ; kg:party [ kg:partyOrganisation <maker> ] .
        # SHOULD NOT: two parties are another rule's; nobody is told.
        <two> a kg:Agreement ; kg:party [ kg:partyOrganisation <city> ] , [ kg:partyOrganisation <maker> ] .
        <none> a kg:Agreement .
        """,
        """
        <one> rdfs:label <甲市协议（2024年）>
        <undated> rdfs:label <B协议>
        """,
    ),
    "made-label-supply": (
        """
        <maker> rdfs:label "Maker"@en , "制造商"@zh . <buyer> rdfs:label "Buyer"@en .
        <foil> rdfs:label "foil"@en , "箔"@zh . <wire> rdfs:label "wire"@en , "线"@zh .
        <link> kg:supplier <maker> ; kg:customer <buyer> ; kg:product <wire> , <foil> .
        <untold> kg:supplier <maker> ; kg:customer <buyer> .
        # SHOULD NOT: it has a Chinese name; one without a customer has no parts to be called after.
        <named> kg:supplier <maker> ; kg:customer <buyer> ; rdfs:label "供货合同"@zh .
        GRAPH graph:entities { <named> rdfs:label "供货合同"@zh . }
        <half> kg:supplier <maker> .
        """,
        """
        <link> rdfs:label <制造商向Buyer供应箔>
        <untold> rdfs:label <制造商向Buyer供货>
        """,
    ),
    "made-label-phase": (
        """
        <base> rdfs:label "Base"@en , "基地"@zh . <nameless> rdfs:label "Nameless"@en .
        <foil> rdfs:label "foil"@en , "箔"@zh .
        <base/phase-two> kg:phaseOf <base> . <base/phase-one-foil> kg:phaseOf <base> ; kg:plannedProduct <foil> .
        <base/foil> kg:phaseOf <base> ; kg:product <foil> .
        # SHOULD NOT: nothing tells which part it is; the site has no Chinese name.
        <base/other> kg:phaseOf <base> . <nameless/phase-one> kg:phaseOf <nameless> .
        """,
        """
        <base/phase-two> rdfs:label <基地二期>
        <base/phase-one-foil> rdfs:label <基地一期箔>
        <base/foil> rdfs:label <基地：箔>
        """,
    ),
    "made-label-process": (
        """
        <ore> rdfs:label "矿石"@zh . <acid> rdfs:label "酸"@zh . <salt> rdfs:label "盐"@zh . <air> rdfs:label "air"@en .
        <one> kg:processInput <ore> , <acid> ; kg:processOutput <salt> .
        # SHOULD NOT: what goes in has no Chinese name; nothing comes out.
        <two> kg:processInput <air> ; kg:processOutput <salt> .
        <three> kg:processInput <ore> .
        """,
        """
        <one> rdfs:label <由酸等制盐>
        """,
    ),
    "made-label-post": (
        """
        <city> rdfs:label "City"@en , "市"@zh . kg:Mayor rdfs:label "mayor"@en , "市长"@zh .
        <mayor> kg:postIn <city> ; kg:postRole kg:Mayor .
        # SHOULD NOT: the role is not told; it has a Chinese name.
        <head> kg:postIn <city> .
        <named> kg:postIn <city> ; kg:postRole kg:Mayor ; rdfs:label "代市长"@zh .
        GRAPH graph:entities { <named> rdfs:label "代市长"@zh . }
        """,
        """
        <mayor> rdfs:label <市市长>
        """,
    ),
    "precedes": (
        """
        <chain> kg:hasStep <one> , <two> , <four> , <also-four> .
        <one> kg:position 1 .
        <two> kg:position 2 .
        # The third is missing: the order still holds.
        <four> kg:position 4 .
        <also-four> kg:position 4 .
        # SHOULD NOT: steps of another chain.
        <other> kg:hasStep <three-of-other> .
        <three-of-other> kg:position 3 .
        """,
        """
        <one> kg:precedes <two>
        <two> kg:precedes <four>
        <two> kg:precedes <also-four>
        """,
    ),
    "depends-on-previous-step": (
        """
        <one> kg:precedes <two> .
        # SHOULD NOT: the third depends on the first by way of the second; a path finds it.
        <two> kg:precedes <three> .
        """,
        """
        <two> kg:dependsOn <one>
        <three> kg:dependsOn <two>
        """,
    ),
    "depends-on": (
        """
        <link> kg:supplier <mill> ; kg:customer <maker> .
        # SHOULD NOT: one side is not named, or is the other.
        <half> kg:supplier <mill> .
        <odd> kg:supplier <mill> ; kg:customer <mill> .
        # SHOULD NOT: a delivery under talks is none yet; one that is stated is.
        <talks> kg:supplier <mine> ; kg:customer <maker> ; kg:supplyMode kg:ExploredOnly .
        <sure> kg:supplier <smelter> ; kg:customer <maker> ; kg:supplyMode kg:Stated .
        # SHOULD NOT: partners do not thereby depend on each other.
        <maker> kg:partnerOf <city> .
        """,
        """
        <maker> kg:dependsOn <mill>
        <maker> kg:dependsOn <smelter>
        """,
    ),
    "supplies-to": (
        """
        <link> kg:supplier <mill> ; kg:customer <maker> .
        # SHOULD NOT: one side is not named, or is the other.
        <half> kg:customer <maker> .
        <odd> kg:supplier <mill> ; kg:customer <mill> .
        # SHOULD NOT: a delivery under talks is none yet.
        <talks> kg:supplier <mine> ; kg:customer <maker> ; kg:supplyMode kg:Planned .
        """,
        """
        <mill> kg:suppliesTo <maker>
        """,
    ),
    "works-in-stage": (
        """
        <base> kg:performsStage kg:CathodeMaking .
        <maker> kg:performsStage kg:BatteryRecycling .
        # SHOULD NOT: a plan is no work.
        <idea> kg:plannedStage kg:CathodeMaking .
        """,
        """
        <base> kg:worksInStage kg:CathodeMaking
        <maker> kg:worksInStage kg:BatteryRecycling
        """,
    ),
    "to-work-in-stage": (
        """
        <idea> kg:plannedStage kg:CathodeMaking .
        # SHOULD NOT: work that is done is no plan.
        <base> kg:performsStage kg:CathodeMaking .
        """,
        "<idea> kg:toWorkInStage kg:CathodeMaking",
    ),
    "works-in-stage-by-product": (
        """
        kg:Plant rdfs:subClassOf kg:Site . kg:RecyclingPlant rdfs:subClassOf kg:Plant .
        kg:ProductLine rdfs:subClassOf kg:Phase .
        kg:Cathode kg:outputProduct kg:LFP . kg:Cells kg:outputProduct kg:Cell , kg:Battery .
        kg:Packs kg:outputProduct kg:Pack , kg:Battery ; skos:broader kg:Batteries .
        kg:Batteries kg:outputProduct kg:Battery . kg:Cells skos:broader kg:Batteries .
        kg:Precursors kg:outputProduct kg:IronPhosphate .
        kg:BatteryRecycling kg:outputProduct kg:IronPhosphate , kg:BlackMass .
        <works> a kg:Plant ; kg:product kg:LFP , kg:Battery .
        <line> a kg:ProductLine ; kg:product kg:IronPhosphate .
        # What only documents name is told by the product of the ontology above it.
        <dense-lfp> kg:broaderProduct <better-lfp> . <better-lfp> kg:broaderProduct kg:LFP .
        <dense-works> a kg:Plant ; kg:product <dense-lfp> .
        # SHOULD NOT: the order of the ontology's own products is not followed: cells are batteries, yet no packs.
        kg:Cell skos:broader kg:Battery .
        <cell-works> a kg:Plant ; kg:product kg:Cell .
        # SHOULD NOT: what recycling gives back tells no other stage, nor does it make a plant a recycler.
        <recycler> a kg:RecyclingPlant ; kg:product kg:IronPhosphate .
        <recycler-line> a kg:ProductLine ; kg:phaseOf <recycler> ; kg:product kg:IronPhosphate .
        <crusher> a kg:Plant ; kg:product kg:BlackMass .
        # SHOULD NOT: a delivery and a company make nothing themselves, a plan is no work.
        <link> a kg:SupplyLink ; kg:product kg:LFP .
        <trader> a kg:Company ; kg:product kg:LFP .
        <idea> a kg:Plant ; kg:plannedProduct kg:LFP .
        """,
        """
        <works> kg:worksInStage kg:Cathode
        <dense-works> kg:worksInStage kg:Cathode
        <cell-works> kg:worksInStage kg:Cells
        <works> kg:worksInStage kg:Batteries
        <line> kg:worksInStage kg:Precursors
        """,
    ),
    "to-work-in-stage-by-product": (
        """
        kg:Plant rdfs:subClassOf kg:Site . kg:RecyclingPlant rdfs:subClassOf kg:Plant .
        kg:Cathode kg:outputProduct kg:LFP . kg:BatteryRecycling kg:outputProduct kg:IronPhosphate .
        <idea> a kg:Plant ; kg:plannedProduct kg:LFP .
        <project> a kg:Project ; kg:plannedProduct kg:LFP .
        <dense-lfp> kg:broaderProduct kg:LFP . <dense-works> a kg:Plant ; kg:plannedProduct <dense-lfp> .
        # SHOULD NOT: what is made is no plan; a recycling plant is told by its kind.
        <works> a kg:Plant ; kg:product kg:LFP .
        <recycler> a kg:RecyclingPlant ; kg:plannedProduct kg:LFP .
        <mill> a kg:Plant ; kg:plannedProduct kg:IronPhosphate .
        """,
        """
        <idea> kg:toWorkInStage kg:Cathode
        <dense-works> kg:toWorkInStage kg:Cathode
        <project> kg:toWorkInStage kg:Cathode
        """,
    ),
    "works-in-stage-by-kind": (
        """
        <recycler> a kg:RecyclingPlant ; kg:currentStatus kg:Operating .
        <network> a kg:SwapNetwork ; kg:currentStatus kg:Operating .
        # SHOULD NOT: not running yet, given up, of no known status, or of another kind.
        <next> a kg:RecyclingPlant ; kg:currentStatus kg:Construction .
        <dropped> a kg:RecyclingPlant ; kg:currentStatus kg:Cancelled .
        <unknown> a kg:RecyclingPlant .
        <plant> a kg:Plant ; kg:currentStatus kg:Operating .
        """,
        """
        <recycler> kg:worksInStage kg:BatteryRecycling
        <network> kg:worksInStage kg:BatterySwapping
        """,
    ),
    "to-work-in-stage-by-kind": (
        """
        <next> a kg:RecyclingPlant ; kg:currentStatus kg:Construction .
        <station> a kg:SwapStation ; kg:currentStatus kg:Announced .
        # SHOULD NOT: it runs, or it was given up.
        <recycler> a kg:RecyclingPlant ; kg:currentStatus kg:Operating .
        <dropped> a kg:RecyclingPlant ; kg:currentStatus kg:Cancelled .
        """,
        """
        <next> kg:toWorkInStage kg:BatteryRecycling
        <station> kg:toWorkInStage kg:BatterySwapping
        """,
    ),
    "works-in-stage-by-unit": (
        """
        <works> kg:installedCapacity [ kg:unit [ kg:cardKey "GWh-per-year" ] ] .
        # SHOULD NOT: a plan, another unit, or goods that are told.
        <next> kg:plannedCapacity [ kg:unit [ kg:cardKey "GWh-per-year" ] ] .
        <mill> kg:installedCapacity [ kg:unit [ kg:cardKey "t-per-year" ] ] .
        <assembly> kg:product kg:System ; kg:installedCapacity [ kg:unit [ kg:cardKey "GWh-per-year" ] ] .
        """,
        "<works> kg:worksInStage kg:BatteryManufacturing",
    ),
    "to-work-in-stage-by-unit": (
        """
        <next> kg:plannedCapacity [ kg:unit [ kg:cardKey "GWh-per-year" ] ] .
        # SHOULD NOT: what stands is no plan; another unit; goods that are told.
        <works> kg:installedCapacity [ kg:unit [ kg:cardKey "GWh-per-year" ] ] .
        <mill> kg:plannedCapacity [ kg:unit [ kg:cardKey "t-per-year" ] ] .
        <assembly> kg:plannedProduct kg:System ; kg:plannedCapacity [ kg:unit [ kg:cardKey "GWh-per-year" ] ] .
        """,
        "<next> kg:toWorkInStage kg:BatteryManufacturing",
    ),
    "works-in-stage-of-phase": (
        """
        <phase> kg:phaseOf <base> ; kg:worksInStage kg:CathodeMaking .
        # SHOULD NOT: a base does not lend its stages to its phases, nor does a plan count.
        <base> kg:worksInStage kg:BatteryRecycling .
        <next> kg:phaseOf <base> ; kg:toWorkInStage kg:AnodeMaking .
        """,
        "<base> kg:worksInStage kg:CathodeMaking",
    ),
    "to-work-in-stage-of-phase": (
        """
        <next> kg:phaseOf <base> ; kg:toWorkInStage kg:AnodeMaking .
        # SHOULD NOT: what is done is no plan.
        <phase> kg:phaseOf <base> ; kg:worksInStage kg:CathodeMaking .
        """,
        "<base> kg:toWorkInStage kg:AnodeMaking",
    ),
    "works-in-stage-of-operator": (
        """
        <works> kg:worksInStage kg:CathodeMaking ; kg:operator <maker> .
        <base> kg:worksInStage kg:CellManufacturing ; kg:baseOf <group> .
        # SHOULD NOT: who is only to run it, and who owns the operator.
        <works> kg:plannedOperator <heir> .
        <maker> kg:ownedBy <holding> .
        # SHOULD NOT: a plan.
        <idea> kg:toWorkInStage kg:CathodeMaking ; kg:operator <other> .
        """,
        """
        <maker> kg:worksInStage kg:CathodeMaking
        <group> kg:worksInStage kg:CellManufacturing
        """,
    ),
    "served-by": (
        """
        kg:Base rdfs:subClassOf kg:Site .
        <chain> kg:pursuedBy <maker> ; kg:hasStep <making> , <use> .
        <making> kg:stage kg:BatteryManufacturing .
        <use> kg:stage kg:DownstreamApplication .
        <run-base> a kg:Base ; kg:operator <maker> ; kg:performsStage kg:BatteryManufacturing .
        <own-base> a kg:Base ; kg:baseOf <maker> ; kg:performsStage kg:BatteryManufacturing .
        # SHOULD NOT: a base of somebody else, a narrower stage, a company where a site is asked for.
        <their-base> a kg:Base ; kg:operator <rival> ; kg:performsStage kg:BatteryManufacturing .
        <cell-base> a kg:Base ; kg:operator <maker> ; kg:performsStage kg:CellManufacturing .
        <maker> kg:performsStage kg:DownstreamApplication .
        """,
        """
        <making> kg:servedBy <run-base>
        <making> kg:servedBy <own-base>
        """,
    ),
    "served-by-phase": (
        """
        kg:Base rdfs:subClassOf kg:Site .
        <chain> kg:pursuedBy <maker> ; kg:hasStep <making> .
        <making> kg:stage kg:BatteryManufacturing .
        <base> a kg:Base ; kg:operator <maker> .
        <phase> kg:phaseOf <base> ; kg:performsStage kg:BatteryManufacturing .
        <shared-base> a kg:Base .
        <our-phase> kg:phaseOf <shared-base> ; kg:operator <maker> ; kg:performsStage kg:BatteryManufacturing .
        # SHOULD NOT: the phase of somebody else, and the phase of a project, which is no site.
        <their-base> a kg:Base ; kg:operator <rival> .
        <their-phase> kg:phaseOf <their-base> ; kg:performsStage kg:BatteryManufacturing .
        <project> a kg:Project .
        <project-phase> kg:phaseOf <project> ; kg:operator <maker> ; kg:performsStage kg:BatteryManufacturing .
        """,
        """
        <making> kg:servedBy <base>
        <making> kg:servedBy <shared-base>
        """,
    ),
    "alongside": (
        """
        <park> kg:alongside <zone> .
        # SHOULD NOT: what stands beside one zone does not thereby stand beside another, nor beside itself.
        <park> kg:alongside <quarter> , <park> .
        """,
        """
        <zone> kg:alongside <park>
        <quarter> kg:alongside <park>
        """,
    ),
}


def store_of(turtle: str) -> ox.Store:
    store = ox.Store()
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    store.extend(ox.parse(prefixes + turtle, format=ox.RdfFormat.TRIG, base_iri=BASE))
    return store


def infer(store: ox.Store, *rules: Rule) -> set[str]:
    """Run rules and give what they inferred, from the graphs in which it is kept."""
    apply_rules(store, rules)
    return {written(fact) for rule in rules for fact in facts(store, graph=ox.NamedNode(rule.iri))}


def written(fact: Fact) -> str:
    names = (shorten(term.value) for term in (fact.subject, fact.predicate, fact.object))
    return " ".join(name if ":" in name else f"<{name}>" for name in names)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_infers_what_it_should_and_nothing_else(name: str) -> None:
    given, should = CASES[name]
    assert infer(store_of(given), RULES[name]) == {line.strip() for line in should.strip().splitlines()}


@pytest.mark.parametrize("name", CASES)
def test_what_a_rule_made_does_not_take_its_grounds_away(name: str) -> None:
    """A rule that asks for the absence of what it makes itself could not be explained afterwards."""
    store = store_of(CASES[name][0])
    infer(store, RULES[name])
    lineage = parse_lineage(RULES[name].text)
    explained = {triple for row in lineage.rows(store, {}) for triple in lineage.inferred(row)}
    made = {fact.triple for fact in facts(store, graph=ox.NamedNode(RULES[name].iri))}
    assert made
    assert made <= explained


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == set(RULES)


def test_short_properties_and_rules_belong_together() -> None:
    """A property is made by the rule that it names and by those named after that one; nothing else is made."""
    modules = ox.Store()
    modules.extend(ontology_quads(ONTOLOGY))
    by_rule = ox.NamedNode(KG + "derivedByRule")
    named = {fact.subject.value: fact.object.value for fact in facts(modules, None, by_rule)}
    symmetric = ox.NamedNode(PREFIXES["owl"] + "SymmetricProperty")
    for fact in facts(modules, None, None, symmetric):
        word = re.sub("([A-Z])", r"-\1", shorten(fact.subject.value).removeprefix("kg:")).lower()
        named.setdefault(fact.subject.value, word)
    # SKOS and RDF Schema know nothing of our rules.
    named[expand("skos:broader")] = "broader-product"
    named[expand("rdf:type")] = "superclass-type"
    assert set(named.values()) <= set(RULES)
    named[expand("rdfs:label")] = "made-label"
    for rule in RULES.values():
        (made,) = set(re.findall(r"CONSTRUCT \{\s+\?\w+ (\w+:\w+) \?\w+", rule.text))
        assert rule.name == named[expand(made)] or rule.name.startswith(named[expand(made)] + "-"), rule.name


def test_rules_come_to_rest_on_circles() -> None:
    store = store_of("""
        <link-a> kg:supplier <one> ; kg:customer <other> .
        <link-b> kg:supplier <other> ; kg:customer <one> .
        <park> kg:alongside <zone> . <zone> kg:alongside <quarter> . <quarter> kg:alongside <park> .
        <a> kg:outputProduct <x> ; kg:inputProduct <z> ; skos:broader <d> .
        <b> kg:outputProduct <y> ; kg:inputProduct <x> ; skos:broader <d> .
        <c> kg:outputProduct <z> ; kg:inputProduct <y> ; skos:broader <e> .
        <e> skos:broader <f> . <f> skos:broader <e> .
        <one-step> kg:precedes <two-step> . <two-step> kg:precedes <one-step> .
    """)
    assert apply_rules(store, RULES.values()) > 0
    assert apply_rules(store, RULES.values()) == 0
    assert [quad for quad in store if quad.subject == quad.object] == []


def test_the_coarse_stages_feed_each_other_in_order_and_close_the_loop() -> None:
    store = ox.Store()
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in ontology_quads(ONTOLOGY))
    inferred = infer(store, *(rule for name, rule in RULES.items() if name.startswith("feeds")))
    loop = (
        "PhosphateMining", "PhosphorusAndFluorineChemicals", "BatteryManufacturing", "DownstreamApplication",
        "BatteryRecycling", "BatteryManufacturing",
    )  # fmt: skip
    assert {f"kg:{one} kg:feeds kg:{other}" for one, other in pairwise(loop)} <= inferred
    assert "kg:BatteryManufacturing kg:feeds kg:PhosphateMining" not in inferred


def test_an_explored_idea_makes_no_partners_in_the_good_example() -> None:
    store = ox.Store()
    assemble(read_cards(ONTOLOGY / "examples" / "good"), load_vocabulary(ONTOLOGY), ONTOLOGY, store)
    partners = {written(fact) for fact in facts(store, None, ox.NamedNode(KG + "partnerOf"))}
    city, maker = "<government/lakeside>", "<company/example-cells>"
    builder, group = "<company/lakeside-development>", "<company/brightwind-group>"
    pairs = {(city, maker), (maker, city), (builder, group), (group, builder)}
    assert partners == {f"{one} kg:partnerOf {other}" for one, other in pairs}


@pytest.mark.parametrize("kept", ["# title: A rule", "# reason: No title"])
def test_a_rule_without_title_or_reason_is_an_error(kept: str, tmp_path: Path) -> None:
    text = f"{kept}\nCONSTRUCT {{ ?a kg:feeds ?b }} WHERE {{ ?b kg:feeds ?a }}\n"
    (tmp_path / "x.rq").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="needs one"):
        read_rules(tmp_path)


ANY_PREDICATE = (
    "?s ?p ?o", "[] ?p ?o", "?s kg:feeds ?o ; ?p ?x", "kg:Battery ?p <x>", "<x> ?p 3", '?s ?p "x"', "?s\n  ?p\n  ?o",
    "?s !kg:feeds ?o", "?s !(kg:feeds|^kg:precedes) ?o", "?s (kg:feeds/!^kg:feeds) ?o",
)  # fmt: skip


@pytest.mark.parametrize("pattern", ANY_PREDICATE)
def test_a_rule_in_which_a_predicate_may_be_any_may_be_changed_by_all(pattern: str) -> None:
    assert Rule("any", "", "", f"CONSTRUCT {{ ?s kg:feeds ?o }} WHERE {{ {pattern} }}").may_change({"urn:new"})


def test_no_rule_is_left_out_of_a_round_in_which_it_would_infer_something() -> None:
    store = ox.Store()
    assemble(read_cards(ONTOLOGY / "examples" / "good"), load_vocabulary(ONTOLOGY), ONTOLOGY, store)
    # A few rules go by the properties that others make; the rest are not asked again, and need not be.
    unasked = [name for name, rule in RULES.items() if not rule.may_change({f"{KG}partnerOf", f"{KG}liesWithin"})]
    assert len(RULES) / 2 < len(unasked) < len(RULES)
    assert apply_rules(store, RULES.values()) == 0


def test_every_rule_is_told_in_both_languages(tmp_path: Path) -> None:
    rules = read_rules(ONTOLOGY / "rules")
    assert rules
    for rule in rules:
        for chinese, english in ((rule.title_zh, rule.title), (rule.reason_zh, rule.reason)):
            assert re.search("[\u4e00-\u9fff]{4}", chinese), rule.name
            assert not re.search("[\u4e00-\u9fff]", english), rule.name
    (tmp_path / "half.rq").write_text("# title: A\n# reason: B\nCONSTRUCT { ?s a ?c } WHERE { ?s a ?c }\n", "utf-8")
    with pytest.raises(InputError, match="title-zh"):
        read_rules(tmp_path)
