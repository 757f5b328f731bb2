// What a Relay application asks, as one is written: fragments beside what shows them, lists that
// load their next pages by `usePaginationFragment`, objects that are fetched again by their ids.
// The test compiles it with relay-compiler and runs what comes out.

export const page = graphql`
  query dashboardQuery($convention: ID!, $asAt: Date, $count: Int) {
    convention(id: $convention, asAt: $asAt) {
      id
      code
      name
      ...dashboardStatus
      ...dashboardParticipants @arguments(count: $count)
      ...dashboardHistory
      meeting(id: "8msp") {
        id
        ...dashboardMeeting
      }
    }
  }
`;

export const status = graphql`
  fragment dashboardStatus on Convention {
    entryIntoForce
    asAt
    status {
      bound
      inForce
    }
  }
`;

// A list that grows at its end.
export const participants = graphql`
  fragment dashboardParticipants on Convention
  @argumentDefinitions(count: { type: "Int", defaultValue: 30 }, cursor: { type: "String" })
  @refetchable(queryName: "dashboardParticipantsPaginationQuery") {
    participants(first: $count, after: $cursor, standing: [IN_FORCE])
      @connection(key: "dashboard_participants") {
      totalCount
      edges {
        cursor
        node {
          id
          ...dashboardParticipant
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const participant = graphql`
  fragment dashboardParticipant on Participant {
    standing
    inForceFrom
    state {
      code
      name
    }
    sources {
      cited
    }
  }
`;

// A list that grows at both ends.
export const history = graphql`
  fragment dashboardHistory on Convention
  @argumentDefinitions(
    first: { type: "Int" }
    after: { type: "String" }
    last: { type: "Int", defaultValue: 10 }
    before: { type: "String" }
  )
  @refetchable(queryName: "dashboardHistoryPaginationQuery") {
    history(first: $first, after: $after, last: $last, before: $before)
      @connection(key: "dashboard_history") {
      edges {
        node {
          position
          type
          source {
            cited
          }
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`;

// One object that is fetched again by itself.
export const meeting = graphql`
  fragment dashboardMeeting on Meeting @refetchable(queryName: "dashboardMeetingRefetchQuery") {
    title
    opensOn
    officers {
      id
      office
      state {
        id
        name
      }
    }
  }
`;

export const several = graphql`
  query dashboardNodesQuery($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ...dashboardParticipant @alias(as: "participant")
      ...dashboardMeeting @alias(as: "meeting")
      ... on Decision {
        summary
        on
      }
    }
  }
`;
