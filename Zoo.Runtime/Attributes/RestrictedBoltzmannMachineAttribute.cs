namespace Zoo;

/// <summary>
/// A restricted Boltzmann machine (Smolensky 1986; Hinton 2002): visible units v, the example, and hidden units h ∈ {0, 1}, with p(v, h) =
/// exp(−E(v, h)) / Z. The class declares no networks: weights and biases are the machine's own.
/// </summary>
/// <remarks>
/// <para><see cref="Visible.Bernoulli"/>: E(v, h) = −bᵀv − cᵀh − vᵀWh, so p(h_j = 1|v) = σ(c + Wᵀv)_j and p(v_i = 1|h) = σ(b + Wh)_i.
/// Examples between 0 and 1 are taken as they are where they meet the weights.</para>
/// <para><see cref="Visible.Gaussian"/>: E(v, h) = Σ (v_i − b_i)² / 2s_i² − cᵀh − Σ (v_i / s_i²)·W_ij·h_j, so v|h ~ N(b + Wh, s²) and
/// p(h_j = 1|v) = σ(c + Wᵀ(v / s²))_j (Cho, Ilin and Raiko 2011; Melchior, Wang and Wiskott 2017). s = 1 unless
/// <see cref="Variance"/> or <see cref="LearnsVariance"/> say otherwise.</para>
/// <para>The free energy is F(v) = −log Σ_h exp(−E(v, h)). Training follows ∂/∂θ of E F(x) − E F(v), where x is the batch and v are
/// fantasies: contrastive divergence, CD-k, from the batch (Hinton 2002), or <see cref="Persistent"/> chains, PCD-k (Tieleman 2008). Hidden
/// units are sampled inside the chains and are probabilities in the gradient, visible ones are sampled. Learning rates and momentum are
/// hyperparameters: set them between steps for a schedule.</para>
/// <para>Parameters are <c>weight</c> [hidden, visible], <c>visible_bias</c> and <c>hidden_bias</c>, with the owners <c>Weight</c>,
/// <c>VisibleBias</c> and <c>HiddenBias</c> for <see cref="OptimizerAttribute.For"/>, so that weight decay can leave biases alone.</para>
/// </remarks>
public sealed class RestrictedBoltzmannMachineAttribute : ModelAttributeBase
{
    /// <summary>Hidden units, at least 1; required.</summary>
    public int Hidden { get; set; }

    /// <summary>The law of a visible unit, given the hidden ones.</summary>
    public Visible Visible { get; set; } = Visible.Bernoulli;

    /// <summary>k: Gibbs sweeps of the chains in a step, from 1 to 65,535.</summary>
    public int GibbsSteps { get; set; } = 1;

    /// <summary>
    /// Chains that go on from step to step (PCD: Tieleman 2008), all hidden units 0 at first, saved with the model as <c>chains</c>; else
    /// they begin with the batch at every step (CD: Hinton 2002).
    /// </summary>
    public bool Persistent { get; set; }

    /// <summary>How many persistent chains there are; 0: as many as the batch has examples.</summary>
    public int Chains { get; set; }

    /// <summary>
    /// The centred gradient (Montavon and Müller 2012; Melchior, Fischer and Wiskott 2016), in the parameters of the machine above: ∂W is
    /// taken of (v − μ)(h − λ)ᵀ, and the biases' gradients without what ∂W gives them through the offsets μ and λ, which are running means
    /// of the data and of p(h|data), ½ at first, saved as <c>visible_offset</c> and <c>hidden_offset</c>. Learning is then the same for an
    /// example and its negative.
    /// </summary>
    public bool Centered { get; set; }

    /// <summary>
    /// ν, the weight of the newest batch in the offsets μ and λ; above 0, at most 1. First value of the hyperparameter
    /// <c>sliding_factor</c>; only with <see cref="Centered"/>.
    /// </summary>
    public float SlidingFactor { get; set; } = 0.01f;

    /// <summary>ρ, how often a hidden unit should be on, in [0, 1). First value of the hyperparameter <c>sparsity_target</c>.</summary>
    public float SparsityTarget { get; set; }

    /// <summary>
    /// The weight of Σ_j (ρ − mean over the batch of p(h_j = 1|x))² in what is minimised (Lee, Ekanadham and Ng 2008). First value of the
    /// hyperparameter <c>sparsity_cost</c>; 0 leaves it out.
    /// </summary>
    public float SparsityCost { get; set; }

    /// <summary>s² of Gaussian units, above 0; with <see cref="LearnsVariance"/> where learning begins.</summary>
    public float Variance { get; set; } = 1f;

    /// <summary>
    /// Whether Gaussian units learn a variance each: the parameter <c>visible_log_variance</c> is log(s_i² / <see cref="Variance"/>), with
    /// the owner <c>VisibleLogVariance</c>.
    /// </summary>
    public bool LearnsVariance { get; set; }
}

/// <summary>The law of a visible unit of a restricted Boltzmann machine.</summary>
public enum Visible
{
    /// <summary>0 or 1.</summary>
    Bernoulli,

    /// <summary>Any number: Gaussian, given the hidden units.</summary>
    Gaussian,
}
