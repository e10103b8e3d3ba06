using Dwapi.ActorRuntime.Tests.Runtime;
using Dwapi.ActorRuntime.Tests.Storage;
using Dwapi.Tests.PostgreSql;

namespace Dwapi.ActorRuntime.Tests.PostgreSql;

/// <summary>State that Orleans keeps in the product's own tables.</summary>
public sealed class PostgreSqlStorageTests : StorageContract, IClassFixture<PostgreSqlStorageTests.Cluster>
{
    public PostgreSqlStorageTests(Cluster cluster)
        : base(cluster) => Assert.SkipUnless(PrivatePostgreSql.Installed, PrivatePostgreSql.Missing);

    public sealed class Cluster : SharedCluster
    {
        public override async ValueTask InitializeAsync()
        {
            if (PrivatePostgreSql.Installed)
            {
                var database = await ActorDatabase.Create();
                await Start(silo => ActorDatabase.Configure(silo, database));
            }
        }
    }
}
