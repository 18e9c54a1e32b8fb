namespace Zoo.Runtime;

/// <summary>What an optimiser does to each element; the addresses are in fields.</summary>
interface IUpdateRule
{
    /// <summary>Updates the elements from <paramref name="index"/> on, as many as the vector has lanes.</summary>
    void At<TVector>(int index) where TVector : struct, IVector<TVector>;
}
